import * as pulumi from "@pulumi/pulumi";
import type { DnsAdvice, DomainCertificate } from "section-model/public";
import { declareHostname } from "../program/single-things";
import { model } from "../run/late-module";
import { makeLater } from "./make-later";
import { onceMade } from "./once-made";
import { lookup, type ResourceArgs, SectionResource } from "./resource";

export type { DnsAdvice, DnsAlternative, DnsRecord, DomainCertificate } from "section-model/public";

/** Your own certificate. */
export interface OwnCertificateArgs {
    /** PEM: the site's certificate, then its intermediates in order, without the root. */
    publicCertificates: pulumi.Input<string>;
    /** PEM: the key of the first one, not encrypted. Kept as a secret. */
    privateKey: pulumi.Input<string>;
}

/** A wait until a hostname is live. */
export interface LiveWaitArgs {
    /** Seconds to wait: 1 to 86,400. Default 600. */
    timeoutSeconds?: pulumi.Input<number>;
}

export interface DomainArgs extends ResourceArgs {
    /** The id of an Environment, or `application.production`. */
    environment: pulumi.Input<string>;
    /** Unique on the platform. May be the application's own hostname: to wait for it, or to choose its certificate. */
    hostname: pulumi.Input<string>;
    /**
     * Makes `up` wait until the hostname is live. After a timeout the domain is kept, and the next `up` goes on
     * waiting.
     */
    waitForLive?: pulumi.Input<LiveWaitArgs>;
    /**
     * `"acme"`: the platform obtains a certificate and renews it. Or your own certificate. Default: stays as it is; a
     * new domain has `"acme"`.
     */
    certificate?: pulumi.Input<"acme" | OwnCertificateArgs>;
}

function withSecretKey(certificate: DomainArgs["certificate"]): DomainArgs["certificate"] {
    if (certificate === undefined || typeof certificate === "string") return certificate;
    if (pulumi.Output.isInstance(certificate) || certificate instanceof Promise) return pulumi.secret(certificate);
    return { ...certificate, privateKey: pulumi.secret(certificate.privateKey) };
}

/** A value without `type` is the declared certificate: the preview does not know the resulting one yet. */
function seenCertificate(value: unknown): DomainCertificate | undefined {
    const isSeen = value === undefined || (typeof value === "object" && value !== null && "type" in value);
    return (isSeen ? value : pulumi.unknown) as DomainCertificate | undefined;
}

/**
 * A hostname that an environment answers for. `dns` is the record that the owner of the hostname must set; nothing is
 * live before that. For a new or changed domain a preview asks the DNS, and shows the found record, the expected one
 * and the next step.
 *
 * A hostname attached to the same environment is adopted; one attached elsewhere is an error. Changing `environment`
 * moves the domain. Within one application this is one step where the endpoint can, so that a live domain may move;
 * otherwise the domain is detached, and attached right afterwards. A live domain is neither deleted nor replaced,
 * unless the stack config `section:allowLiveDelete` is true.
 *
 * @example const shop = new section.Domain("acme-shop", {
 *     environment: www.production,
 *     hostname: "shop.acme.example",
 *     waitForLive: { timeoutSeconds: 900 },
 *     certificate: "acme",
 * }); export const pointYourDnsAt = shop.dns.line; // shop 300 IN CNAME shop.acme.example.c.section.io.
 */
export class Domain extends SectionResource {
    declare readonly environment: pulumi.Output<string>;
    declare readonly hostname: pulumi.Output<string>;
    /** The target that the DNS must point it to. */
    declare readonly cname: pulumi.Output<string>;
    /** The DNS zone that contains it. */
    declare readonly zoneName: pulumi.Output<string>;
    /** Whether the DNS led to the platform at the last look. */
    declare readonly engaged: pulumi.Output<boolean>;
    /** The DNS record to set, as a `line` of its zone and with advice for setting it. */
    declare readonly dns: pulumi.Output<DnsAdvice>;
    /** The certificate that it is served with, where the declaration names one. */
    declare readonly certificate: pulumi.Output<DomainCertificate | undefined>;

    constructor(name: string, args: DomainArgs, opts?: pulumi.CustomResourceOptions) {
        declareHostname({ type: "Domain", name, opts }, args.hostname);
        const inputs = { ...args, certificate: withSecretKey(args.certificate) };
        super(
            "domain",
            name,
            inputs,
            ["environment", "hostname", "cname", "zoneName", "engaged", "dns", "certificate"],
            opts,
        );
        // advice is added here and not in the state, so that states of every version have it
        const { dns, certificate } = this;
        makeLater(this, "dns", () => dns.apply((record) => onceMade(record, (known) => model.adviseOn(known))));
        makeLater(this, "certificate", () => certificate.apply(seenCertificate));
    }

    /** Looks up an existing domain by its id, such as `1335/7171/Staging/www.acme.example`. */
    static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): Domain {
        return new Domain(name, {} as DomainArgs, lookup(id, opts));
    }
}
