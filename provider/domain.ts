import type * as pulumi from "@pulumi/pulumi";
import type { DnsRecord } from "section-model";
import { declareHostname } from "./declared-hostnames";
import { lookup, SectionResource } from "./resource";

export type { DnsRecord } from "section-model";

export interface DomainArgs {
    /** The id of an Environment, or `application.production`. */
    environment: pulumi.Input<string>;
    /** Unique on the platform. */
    hostname: pulumi.Input<string>;
}

/**
 * A hostname that an environment answers for. `dns` is the record its owner has to set; nothing is live before that.
 *
 * A hostname attached to the same environment is adopted; one attached elsewhere fails. Moving between environments is a
 * replacement, released first. A live one is neither deleted nor replaced, unless the stack config `section:allowLiveDelete`
 * is true.
 *
 * @example
 * const shop = new section.Domain("acme-shop", { environment: www.production, hostname: "shop.acme.example" });
 * export const pointYourDnsAt = shop.dns;
 */
export class Domain extends SectionResource {
    declare readonly environment: pulumi.Output<string>;
    declare readonly hostname: pulumi.Output<string>;
    declare readonly cname: pulumi.Output<string>;
    /** The DNS zone that encloses it. */
    declare readonly zoneName: pulumi.Output<string>;
    /** Whether the DNS led to the platform when it was last asked. */
    declare readonly engaged: pulumi.Output<boolean>;
    declare readonly dns: pulumi.Output<DnsRecord>;

    constructor(name: string, args: DomainArgs, opts?: pulumi.CustomResourceOptions) {
        super("domain", name, args, ["environment", "hostname", "cname", "zoneName", "engaged", "dns"], opts);
        declareHostname(this, args.hostname);
    }

    /** A domain that exists, by its id such as `1335/7171/Staging/www.acme.example`. */
    static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): Domain {
        return new Domain(name, {} as DomainArgs, lookup(id, opts));
    }
}
