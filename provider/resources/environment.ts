import type * as pulumi from "@pulumi/pulumi";
import type { DnsAdvice } from "section-model/public";
import type { BinaryFile } from "../config/config-from";
import { afterSource, refuseOtherProvider } from "../program/declared-source";
import { warnOfSecrets } from "../program/secret-warning";
import { declareBranch, declareHostname } from "../program/single-things";
import { promotedLinesProperty } from "../run/promoted-lines";
import { makeLater } from "./make-later";
import { adviseOnHostname } from "./once-made";
import { lookup, type ResourceArgs, SectionResource } from "./resource";

/** The server behind the platform. */
export interface OriginArgs {
    /** Hostname or IPv4 address. */
    address: pulumi.Input<string>;
    /** Port for HTTP: 80, 443, 5080, 5443, 8080 or 8443. Default 80. */
    httpPort?: pulumi.Input<number>;
    /** Port for HTTPS: one of the same. Default 443. */
    httpsPort?: pulumi.Input<number>;
    /** Sent to the origin in place of the visitor's Host header. */
    hostHeader?: pulumi.Input<string>;
    /** The name to request and to verify in TLS. Default: the host header. */
    tlsName?: pulumi.Input<string>;
    /** Whether TLS to the origin names the host (SNI). */
    enableSni?: pulumi.Input<boolean>;
    /** Whether the certificate of the origin is verified. */
    verifyCertificate?: pulumi.Input<boolean>;
    /** How long the origin may take to answer, in seconds: 1 to 600. Default 120. */
    upstreamResponseTimeoutSeconds?: pulumi.Input<number>;
    /** How long an unused connection to the origin stays open, in seconds: 1 to 240. */
    keepaliveSeconds?: pulumi.Input<number>;
    /** Whether each request opens a connection of its own. */
    disableKeepalive?: pulumi.Input<boolean>;
    /** Names of request headers that do not reach the origin: 1 to 50. */
    removeRequestHeaders?: pulumi.Input<pulumi.Input<string>[]>;
    /** Whether requests of certificate authorities (`/.well-known/acme-challenge/`) reach the origin. */
    proxyAcmeChallenge?: pulumi.Input<boolean>;
}

/** A proxy that requests pass. */
export interface ProxyArgs {
    /** 1 to 32 letters and digits. Also the name of its folder in the repository. */
    name: pulumi.Input<string>;
    /** The image that runs it, such as `varnish:6.3.1`. */
    image: pulumi.Input<string>;
}

/** What becomes of files in a branch that its declaration does not name. */
export type Ownership = "managed" | "complete";

/** The same by name, as `pulumi import` and other languages write it: `section.Ownership.Managed` is `"managed"`. */
export const Ownership = {
    /** They stay, whoever added them. */
    Managed: "managed",
    /** They are removed, and a refresh shows them as drift. */
    Complete: "complete",
} as const satisfies Record<string, Ownership>;

export interface EnvironmentArgs extends ResourceArgs {
    /** The id of an Application. */
    application: pulumi.Input<string>;
    /** A letter, then letters and digits. Also the name of the branch. */
    name: pulumi.Input<string>;
    /**
     * The environment to copy. Counts at creation only. Default `Production`. Write `other.name`, or the name as text
     * if the other environment is declared earlier: then it is created first.
     */
    from?: pulumi.Input<string>;
    /** Its first hostname. Needed for every environment but Production, which has the application's. */
    hostname?: pulumi.Input<string>;
    /** The default origin: all its properties, or its address only. */
    origin?: pulumi.Input<string | OriginArgs>;
    /** All alternate origins by name. The request header `section-origin` chooses one. */
    origins?: pulumi.Input<Record<string, pulumi.Input<string | OriginArgs>>>;
    /** The proxies that requests pass, in order. */
    proxyChain?: pulumi.Input<pulumi.Input<ProxyArgs>[]>;
    /** All IPv4 addresses and blocks whose requests are refused. */
    ipBlacklist?: pulumi.Input<pulumi.Input<string>[]>;
    /** Path in the repository -> text, or `{ base64 }` for a binary file. `configFrom` reads folders. */
    config?: pulumi.Input<Record<string, pulumi.Input<string | BinaryFile>>>;
    /**
     * Decides about files in the branch that `config` does not name. Default `managed`. `managed` keeps them, whoever
     * added them. `complete` removes them, and a refresh shows them as drift; section.config.json, .gitignore and the
     * `.section-external-source.json` of a proxy stay.
     */
    ownership?: pulumi.Input<Ownership>;
    /**
     * A commit of the same repository, such as `staging.head`, whose content goes live here: all its files and proxies,
     * in one commit. Also the first digits of its id, 7 or more, or `staging.seenHead`. Origins and IP blacklist stay
     * as they are, or become as declared. Naming an older commit rolls back to it. Removing the property restores the
     * content from before the first promotion. Not together with `config`, `proxyChain` and `ownership`.
     */
    promote?: pulumi.Input<string | SeenHead>;
}

/** The commit that an environment has when an operation begins, for `promote` of another one. */
export interface SeenHead {
    /** The id of the environment. */
    environment: pulumi.Input<string>;
    /** The commit that it is at when the operation ends. */
    head: pulumi.Input<string>;
}

/** A hostname of an environment. */
export interface EnvironmentHostname {
    /** In its normal spelling. */
    hostname: string;
    /** The target that the DNS must point it to. */
    cname: string;
    /** Whether the DNS led to the platform at the last look. */
    engaged: boolean;
    /** The DNS record that it needs to go live, as a `line` of its zone and with advice for setting it. */
    dns: DnsAdvice;
}

function withDns({ hostname, cname, engaged }: EnvironmentHostname): EnvironmentHostname {
    return { hostname, cname, engaged, dns: adviseOnHostname(hostname, cname) };
}

/** Content that may have been declared before, and the lines that go live, which the provider shows as lines. */
const replaced = ["config", "proxyChain", "ownership", promotedLinesProperty];

/**
 * Hides the content that was declared before and that the promoted commit replaces: the engine would show all of it as
 * removed, though what goes live is in the lines of the promotion.
 */
function withoutOldContent(
    { promote }: EnvironmentArgs,
    options: pulumi.CustomResourceOptions = {},
): pulumi.CustomResourceOptions {
    if (promote === undefined) return options;
    return { ...options, hideDiffs: [...(options.hideDiffs ?? []), ...replaced] };
}

/**
 * A git branch with its own proxy configuration. `up` changes declared properties and files in one commit; everything
 * else in the branch stays as it is.
 *
 * An existing environment of the same name is adopted; Production always exists. If somebody else has changed a
 * declared property or file since the last refresh, `up` stops and names the author, the time and the change. Deleting
 * removes the branch and the domains; Production stays as it is.
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
    /** The commit that its branch is at. */
    declare readonly head: pulumi.Output<string>;
    /** The git tree of that commit. Equal trees mean equal content. */
    declare readonly tree: pulumi.Output<string>;
    /** The URL to clone the repository of its application. The password is an API token. */
    declare readonly gitUrl: pulumi.Output<string>;
    /** Its hostnames, each with the record to set. */
    declare readonly hostnames: pulumi.Output<EnvironmentHostname[]>;
    /** The commit whose content is restored when `promote` is removed. */
    declare readonly promotedOver: pulumi.Output<string | undefined>;

    constructor(name: string, args: EnvironmentArgs, opts?: pulumi.CustomResourceOptions) {
        declareHostname({ type: "Environment", name, opts }, args.hostname);
        declareBranch({ type: "Environment", name, opts }, args.application, args.name);
        super(
            "environment",
            name,
            args,
            ["application", "name", "hostname", "head", "tree", "gitUrl", "hostnames", "promotedOver"],
            withoutOldContent(args, afterSource(args, opts)),
        );
        refuseOtherProvider(name, this, args.promote);
        // not in the state, so that states of every version have it
        const { hostnames } = this;
        makeLater(this, "hostnames", () => hostnames.apply((all) => all?.map(withDns)));
        warnOfSecrets(this, args.config);
    }

    /**
     * The commit that it had before this `up`, so that everybody could see it there. Promote it instead of `head` to
     * let a change go live with the `up` after the one that brings it here. A new environment has none: the promoting
     * one stays as it is.
     *
     * @example new section.Environment("acme-production", { application: www.id, name: "Production", promote:
     * staging.seenHead });
     */
    get seenHead(): SeenHead {
        return { environment: this.id, head: this.head };
    }

    /** Looks up an existing environment by its id, such as `1335/7171/Staging`. */
    static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): Environment {
        return new Environment(name, {} as EnvironmentArgs, lookup(id, opts));
    }
}
