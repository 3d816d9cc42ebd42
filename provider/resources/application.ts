import * as pulumi from "@pulumi/pulumi";
import type { DnsAdvice } from "section-model/public";
import { notePlaceBelow } from "../program/place";
import { declareHostname } from "../program/single-things";
import { model } from "../run/late-module";
import { adviseOnHostname } from "./once-made";
import { lookup, type ResourceArgs, SectionResource } from "./resource";

export interface ApplicationArgs extends ResourceArgs {
    /** The id of an Organization. */
    organization: pulumi.Input<string>;
    /** Names the application and becomes the first hostname of Production. Unique on the platform. */
    hostname: pulumi.Input<string>;
    /**
     * Hostname or IPv4 address of the origin, without scheme and port. Default: the address that the hostname resolves
     * to now.
     */
    origin?: pulumi.Input<string>;
    /** The proxies that it starts with. Default `varnish-6.3-basic`. */
    stack?: pulumi.Input<string>;
}

/**
 * A website with one git repository. Its hostname serves Production. Nothing is live before the DNS changes.
 *
 * If the organization has an application of the same hostname already, that one is adopted. Changing `origin` or
 * `stack` is a commit on Production; a preview refuses it where Production declares another origin, or has its proxies
 * from elsewhere. Deleting removes the repository and every environment and domain; it is refused
 * while a domain is live, unless the stack config `section:allowLiveDelete` is true.
 *
 * @example const www = new section.Application("acme-www", { organization: acme.id, hostname: "www.acme.example",
 * origin: "origin.acme.example" });
 */
export class Application extends SectionResource {
    declare readonly organization: pulumi.Output<string>;
    declare readonly hostname: pulumi.Output<string>;
    declare readonly origin: pulumi.Output<string | undefined>;
    declare readonly stack: pulumi.Output<string | undefined>;
    /** The URL to clone its repository. The password is an API token. */
    declare readonly gitUrl: pulumi.Output<string>;
    /** The target that the DNS must point `hostname` to. */
    declare readonly cname: pulumi.Output<string>;

    constructor(name: string, args: ApplicationArgs, opts?: pulumi.CustomResourceOptions) {
        declareHostname({ type: "Application", name, opts }, args.hostname);
        super("application", name, args, ["organization", "hostname", "origin", "stack", "gitUrl", "cname"], opts);
    }

    /** The DNS record that `hostname` needs to go live, as a `line` of its zone and with advice for setting it. */
    get dns(): pulumi.Output<DnsAdvice> {
        return pulumi.all([this.hostname, this.cname]).apply(([hostname, cname]) => adviseOnHostname(hostname, cname));
    }

    /** The id of its Production environment, which always exists. */
    get production(): pulumi.Output<string> {
        const production = this.id.apply((id) => `${id}/${model.productionName}`);
        notePlaceBelow(production, this.id, model.productionName);
        return production;
    }

    /** Looks up an existing application by its id, such as `1335/7171`. */
    static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): Application {
        return new Application(name, {} as ApplicationArgs, lookup(id, opts));
    }
}
