import * as pulumi from "@pulumi/pulumi";
import type { DomainCertificate } from "section-model";
import { declareHostname } from "../program/declared-hostnames";
import { adviseOn, type DnsAdvice } from "./dns-advice";
import { onceMade } from "./once-made";
import { lookup, SectionResource } from "./resource";

export type { DnsRecord, DomainCertificate } from "section-model";
export type { DnsAdvice, DnsAlternative } from "./dns-advice";

/** A certificate that its owner brings. */
export interface OwnCertificateArgs {
    /** PEM: the site's certificate, then its intermediates in order, without the root. */
    publicCertificates: pulumi.Input<string>;
    /** PEM: the key of the first one, not encrypted. Kept as a secret. */
    privateKey: pulumi.Input<string>;
}

export interface LiveWaitArgs {
    /** 1 to 86,400. Default 600. */
    timeoutSeconds?: pulumi.Input<number>;
}

export interface DomainArgs {
    /** The id of an Environment, or `application.production`. */
    environment: pulumi.Input<string>;
    /** Unique on the platform. May be the application's own: to wait for it, or to say whose certificate it has. */
    hostname: pulumi.Input<string>;
    /**
     * `up` waits until the hostname is live. A wait that ends without that keeps the domain and goes on at the next
     * `up`.
     */
    waitForLive?: pulumi.Input<LiveWaitArgs>;
    /**
     * `"acme"`: the platform has one issued and renews it. Or one's own. Not declared: left as it is, which is `"acme"`
     * for what is new.
     */
    certificate?: pulumi.Input<"acme" | OwnCertificateArgs>;
}

function withSecretKey(certificate: DomainArgs["certificate"]): DomainArgs["certificate"] {
    if (certificate === undefined || typeof certificate === "string") return certificate;
    if (pulumi.Output.isInstance(certificate) || certificate instanceof Promise) return pulumi.secret(certificate);
    return { ...certificate, privateKey: pulumi.secret(certificate.privateKey) };
}

/** While a preview knows only what is declared of a certificate, nobody knows what it will be. */
function seenCertificate(value: unknown): DomainCertificate | undefined {
    const isSeen = value === undefined || (typeof value === "object" && value !== null && "type" in value);
    return (isSeen ? value : pulumi.unknown) as DomainCertificate | undefined;
}

/**
 * A hostname that an environment answers for. `dns` is the record its owner has to set; nothing is live before that. A
 * preview asks the DNS about a domain that is new or changed and says what it found, what is expected and what to do.
 *
 * A hostname attached to the same environment is adopted; one attached elsewhere fails. Another `environment` moves it:
 * in one step between environments of one application where the endpoint can, so that a live one may move; else it is
 * detached and attached at once. A live one is neither deleted nor replaced, unless the stack config
 * `section:allowLiveDelete` is true.
 *
 * @example const shop = new section.Domain("acme-shop", {
 *     environment: www.production,
 *     hostname: "shop.acme.example",
 *     waitForLive: { timeoutSeconds: 900 },
 *     certificate: "acme",
 * }); export const pointYourDnsAt = shop.dns;
 */
export class Domain extends SectionResource {
    declare readonly environment: pulumi.Output<string>;
    declare readonly hostname: pulumi.Output<string>;
    declare readonly cname: pulumi.Output<string>;
    /** The DNS zone that encloses it. */
    declare readonly zoneName: pulumi.Output<string>;
    /** Whether the DNS led to the platform when it was last asked. */
    declare readonly engaged: pulumi.Output<boolean>;
    /** The record to set, and what whoever sets it has to know. */
    declare readonly dns: pulumi.Output<DnsAdvice>;
    /** What it is served with, where the declaration names a certificate. */
    declare readonly certificate: pulumi.Output<DomainCertificate | undefined>;

    constructor(name: string, args: DomainArgs, opts?: pulumi.CustomResourceOptions) {
        declareHostname("Domain", name, args.hostname);
        const inputs = { ...args, certificate: withSecretKey(args.certificate) };
        super(
            "domain",
            name,
            inputs,
            ["environment", "hostname", "cname", "zoneName", "engaged", "dns", "certificate"],
            opts,
        );
        // what follows from the record is added here and not in the state, so that states of every version have it
        this.dns = this.dns.apply((record) => onceMade(record, adviseOn));
        this.certificate = this.certificate.apply(seenCertificate);
    }

    /** A domain that exists, by its id such as `1335/7171/Staging/www.acme.example`. */
    static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): Domain {
        return new Domain(name, {} as DomainArgs, lookup(id, opts));
    }
}
