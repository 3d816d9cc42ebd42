import type * as pulumi from "@pulumi/pulumi";
import { lookup, SectionResource } from "./resource";

/** A site that a new organization begins with. */
export interface FirstSite {
    /** The hostname of its production. */
    hostname: pulumi.Input<string>;
    /** Hostname or IPv4 address of its origin. Default: what the hostname resolves to now. */
    origin?: pulumi.Input<string>;
    /** Default: the endpoint's. */
    stack?: pulumi.Input<string>;
}

export interface OrganizationArgs {
    /** 1 to 255 characters. Renamed in place where the endpoint can. */
    name: pulumi.Input<string>;
    /** For endpoints that can create an organization only with its first application. Counts at creation only. */
    firstSite?: pulumi.Input<FirstSite>;
}

/**
 * A client: the boundary of security and billing. The API calls it *account*.
 *
 * An organization of the same name whose admin the token's user is, is adopted. Deleting needs an organization without
 * applications; an endpoint that cannot delete keeps it and says so.
 *
 * @example
 * const acme = new section.Organization("acme", { name: "Acme" });
 */
export class Organization extends SectionResource {
    declare readonly name: pulumi.Output<string>;

    constructor(name: string, args: OrganizationArgs, opts?: pulumi.CustomResourceOptions) {
        super("organization", name, args, ["name"], opts);
    }

    /**
     * An organization that exists, by its id such as `1335`. Fails when there is none that the token can see.
     */
    static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): Organization {
        return new Organization(name, {} as OrganizationArgs, lookup(id, opts));
    }
}
