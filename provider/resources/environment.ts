import type * as pulumi from "@pulumi/pulumi";

import type { BinaryFile } from "../config/config-from";
import { declareHostname } from "../program/declared-hostnames";
import { afterSource } from "../program/declared-source";
import { warnOfSecrets } from "../program/secret-warning";
import type { DnsAdvice } from "./dns-advice";
import { adviseOnHostname } from "./once-made";
import { lookup, SectionResource } from "./resource";

/** The server behind the platform. */
export interface OriginArgs {
    /** Hostname or IPv4 address. */
    address: pulumi.Input<string>;
    /** 80, 443, 5080, 5443, 8080 or 8443. Default 80. */
    httpPort?: pulumi.Input<number>;
    /** The same choice. Default 443. */
    httpsPort?: pulumi.Input<number>;
    /** Sent upstream in place of the visitor's Host. */
    hostHeader?: pulumi.Input<string>;
    /** The name to ask for and to verify in TLS. Default: the host header. */
    tlsName?: pulumi.Input<string>;
    enableSni?: pulumi.Input<boolean>;
    verifyCertificate?: pulumi.Input<boolean>;
    /** 1 to 600. Default 120. */
    upstreamResponseTimeoutSeconds?: pulumi.Input<number>;
    /** 1 to 240. */
    keepaliveSeconds?: pulumi.Input<number>;
    disableKeepalive?: pulumi.Input<boolean>;
    removeRequestHeaders?: pulumi.Input<pulumi.Input<string>[]>;
    proxyAcmeChallenge?: pulumi.Input<boolean>;
}

export interface ProxyArgs {
    /** 1 to 32 letters and digits: also its folder in the repository. */
    name: pulumi.Input<string>;
    /** Such as `varnish:6.3.1`. */
    image: pulumi.Input<string>;
}

export interface EnvironmentArgs {
    /** The id of an Application. */
    application: pulumi.Input<string>;
    /** Also the name of the branch: a letter, then letters and digits. */
    name: pulumi.Input<string>;
    /**
     * The environment it is copied from. Counts at creation only. Default `Production`. Write `other.name`, or the name
     * as text where the other one is declared before: it is made first then.
     */
    from?: pulumi.Input<string>;
    /** Its first hostname. Needed for every environment but Production, which has the application's. */
    hostname?: pulumi.Input<string>;
    /** The default origin: in full, or the address alone. */
    origin?: pulumi.Input<string | OriginArgs>;
    /** All alternate origins, by the name that the request header `section-origin` chooses. */
    origins?: pulumi.Input<Record<string, pulumi.Input<string | OriginArgs>>>;
    /** The proxies that requests pass, in order. */
    proxyChain?: pulumi.Input<pulumi.Input<ProxyArgs>[]>;
    /** All IPv4 addresses and blocks whose requests are refused. */
    ipBlacklist?: pulumi.Input<pulumi.Input<string>[]>;
    /** Path in the repository -> text, or `{ base64 }` of a binary file. `configFrom` reads folders. */
    config?: pulumi.Input<Record<string, pulumi.Input<string | BinaryFile>>>;
    /**
     * What becomes of files in the branch that `config` does not name. `managed`, the default: they are left alone,
     * whoever put them there. `complete`: they are removed, and shown as drift by a refresh; section.config.json,
     * .gitignore and the `.section-external-source.json` of a proxy stay.
     */
    ownership?: pulumi.Input<"managed" | "complete">;
    /**
     * A commit of the same repository, such as `staging.head`, whose content goes live here: all its files and its
     * proxies, in one commit. Origins and IP blacklist stay as they are here, or as declared beside it. Naming an older
     * commit rolls back to it; removing the line brings back what was here before the first promotion. Not together
     * with `config`, `proxyChain` and `ownership`.
     */
    promote?: pulumi.Input<string>;
}

/** A hostname of an environment. */
export interface EnvironmentHostname {
    hostname: string;
    /** What the DNS has to point it to. */
    cname: string;
    /** Whether the DNS led to the platform when it was last asked. */
    engaged: boolean;
    /** The DNS record it needs to go live, and what whoever sets it has to know. */
    dns: DnsAdvice;
}

function withDns({ hostname, cname, engaged }: EnvironmentHostname): EnvironmentHostname {
    return { hostname, cname, engaged, dns: adviseOnHostname(hostname, cname) };
}

/**
 * A git branch with its own proxy configuration. What is declared is managed, as one commit per `up`; everything else
 * in the branch is left as it is, whoever put it there.
 *
 * An environment of that name is adopted; Production always exists. When somebody else has changed something managed
 * since the last refresh, `up` stops and says who, when and what. Deleting removes branch and domains; Production stays
 * as it is.
 *
 * @example const staging = new section.Environment("acme-staging", {
 *     application: www.id,
 *     name: "Staging",
 *     hostname: "staging.acme.example",
 *     origin: { address: "staging-origin.acme.example", enableSni: true },
 *     config: section.configFrom("./proxy", { variables: { ttl: "6h" } }),
 * });
 */
export class Environment extends SectionResource {
    declare readonly application: pulumi.Output<string>;
    declare readonly name: pulumi.Output<string>;
    declare readonly hostname: pulumi.Output<string | undefined>;
    /** The commit its branch is at. */
    declare readonly head: pulumi.Output<string>;
    /** The tree of that commit: equal trees, equal content. */
    declare readonly tree: pulumi.Output<string>;
    declare readonly gitUrl: pulumi.Output<string>;
    declare readonly hostnames: pulumi.Output<EnvironmentHostname[]>;
    /** The commit whose content comes back when `promote` is removed. */
    declare readonly promotedOver: pulumi.Output<string | undefined>;

    constructor(name: string, args: EnvironmentArgs, opts?: pulumi.CustomResourceOptions) {
        declareHostname("Environment", name, args.hostname);
        super(
            "environment",
            name,
            args,
            ["application", "name", "hostname", "head", "tree", "gitUrl", "hostnames", "promotedOver"],
            afterSource(args, opts),
        );
        // not in the state, so that states of every version have it
        this.hostnames = this.hostnames.apply((all) => all?.map(withDns));
        warnOfSecrets(this, args.config);
    }

    /** An environment that exists, by its id such as `1335/7171/Staging`. */
    static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): Environment {
        return new Environment(name, {} as EnvironmentArgs, lookup(id, opts));
    }
}
