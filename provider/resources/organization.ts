import type * as pulumi from "@pulumi/pulumi";
import { declareOrganization } from "../program/single-things";
import { lookup, type ResourceArgs, SectionResource } from "./resource";

/** The first site of a new organization. */
export interface FirstSite {
    /** The hostname of its Production. */
    hostname: pulumi.Input<string>;
    /** Hostname or IPv4 address of its origin. Default: the address that the hostname resolves to now. */
    origin?: pulumi.Input<string>;
    /** The proxies that it starts with. Default: the endpoint's. */
    stack?: pulumi.Input<string>;
}

export interface OrganizationArgs extends ResourceArgs {
    /** 1 to 255 characters. A change renames the organization in place, where the endpoint can. */
    name: pulumi.Input<string>;
    /** For endpoints that can create an organization only with its first application. Counts at creation only. */
    firstSite?: pulumi.Input<FirstSite>;
}

/**
 * A client of the agency: the boundary of security and billing. The API calls it *account*.
 *
 * An existing organization of the same name is adopted when the token's user is its admin. Only an organization without
 * applications can be deleted. If the endpoint cannot delete it, it is kept, with a message.
 *
 * @example
 * const acme = new section.Organization("acme", { name: "Acme" });
 */
export class Organization extends SectionResource {
    declare readonly name: pulumi.Output<string>;

    constructor(name: string, args: OrganizationArgs, opts?: pulumi.CustomResourceOptions) {
        super("organization", name, args, ["name"], opts);
        declareOrganization({ type: "Organization", name, opts }, args.name, this.id);
    }

    /** Looks up an existing organization by its id, such as `1335`. Fails when the token can see none. */
    static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): Organization {
        return new Organization(name, {} as OrganizationArgs, lookup(id, opts));
    }
}
