import * as pulumi from "@pulumi/pulumi";
import type { DnsAdvice } from "section-model/public";
import { isLater } from "../program/later";
import { lightenRegistration } from "../program/lighten-registration";
import { Application } from "../resources/application";
import { Domain, type LiveWaitArgs, type OwnCertificateArgs } from "../resources/domain";
import {
    Environment,
    type EnvironmentArgs,
    type OriginArgs,
    type Ownership,
    type ProxyArgs,
} from "../resources/environment";
import { makeLater } from "../resources/make-later";
import { onceMade } from "../resources/once-made";
import { loadLate, model } from "../run/late-module";
import { listRefusal, refusal } from "../run/refusal";
import type { SiteConfigSource, Variables } from "./site-config";

const keys = loadLate((): typeof import("./client-key") => require("./client-key"));
const siteConfig = loadLate((): typeof import("./site-config") => require("./site-config"));
const unknown = loadLate((): typeof import("./unknown-arguments") => require("./unknown-arguments"));

/** The staging environment of a site. `{}` takes everything from the site. */
export interface StagingArgs {
    /** Its hostname. Default: `staging-HOSTNAME`, at the apex of a zone `staging.HOSTNAME`. */
    hostname?: string;
    /** Its origin. Default: the site's. */
    origin?: pulumi.Input<string | OriginArgs>;
    /** Files that replace those of the site with the same path. */
    config?: SiteConfigSource;
    /** Values of variables. They beat those of the site. */
    variables?: Variables;
}

/** A website of a client, without the organization that it belongs to. */
export interface SiteArgs {
    /** Names the site and becomes the hostname of Production. A plain string, because it names the resources. */
    hostname: string;
    /**
     * The server behind the site: all its properties, or its address only. Default: the address that the hostname
     * resolves to now.
     */
    origin?: pulumi.Input<string | OriginArgs>;
    /** Further hostnames of Production. */
    aliases?: readonly string[];
    /** The staging environment. Without it the site has Production only. */
    staging?: StagingArgs;
    /** The proxies that a new site starts with. Default `varnish-6.3-basic`. */
    stack?: pulumi.Input<string>;
    /** The proxies that requests pass, in order. */
    proxyChain?: pulumi.Input<pulumi.Input<ProxyArgs>[]>;
    /** All IPv4 addresses and blocks whose requests are refused. */
    ipBlacklist?: pulumi.Input<pulumi.Input<string>[]>;
    /**
     * Configuration of all environments: a folder, files, in TypeScript a function, or a list of these. In a list,
     * later files replace earlier ones with the same path.
     */
    config?: SiteConfigSource | readonly SiteConfigSource[];
    /** Values for `{{name}}` in files of folders, beside `hostname` and `environment`. Each must be used. */
    variables?: Variables;
    /** Values shared with other sites. `variables` beats them, and they need not be used. */
    sharedVariables?: Variables;
    /** Goes live on Staging first: while this is true, Production stays as the platform made it. Default false. */
    stagingFirst?: boolean;
    /**
     * The commit whose content Production gets. Declared configuration and proxies then apply to Staging only.
     * `"staging"` means the commit that Staging is at, and `"staging-seen"` the one that it had before this `up`.
     */
    promote?: pulumi.Input<string>;
    /**
     * Decides about files that `config` does not name: `managed` keeps them, `complete` removes them. Default
     * `managed`.
     */
    ownership?: pulumi.Input<Ownership>;
    /** Makes `up` wait until Production's hostnames are live. */
    waitForLive?: pulumi.Input<LiveWaitArgs>;
    /** The certificate of each of Production's hostnames. Your own certificate must be valid for all of them. */
    certificate?: pulumi.Input<"acme" | OwnCertificateArgs>;
}

export interface ClientSiteArgs extends SiteArgs {
    /** The id of an Organization. */
    organization: pulumi.Input<string>;
}

/** A record that the owner of a zone has to set for a site. */
export interface SiteDnsRecord extends DnsAdvice {
    /** The environment that the record leads to. */
    environment: string;
}

/** The address of an origin, without its other properties. */
export function addressOf(origin: SiteArgs["origin"]): pulumi.Input<string> | undefined {
    if (origin === undefined || typeof origin === "string") return origin;
    if (!isLater(origin)) return origin.address;
    return pulumi.output(origin).apply((known) => (typeof known === "string" ? known : known.address));
}

function sourcesOf(config: SiteArgs["config"]): readonly SiteConfigSource[] {
    if (config === undefined) return [];
    return Array.isArray(config) ? config : [config as SiteConfigSource];
}

/**
 * One website: the application, Production, Staging when declared, their configuration, and further hostnames. The
 * application has the site's name; the other resources add the environment or hostname to it, never a position in a
 * list.
 *
 * @example const www = new section.ClientSite("acme-www", {
 *     organization: acme.id,
 *     hostname: "www.acme.example",
 *     origin: "origin.acme.example",
 *     aliases: ["acme.example"],
 *     staging: { origin: "staging-origin.acme.example" },
 *     config: "./proxy",
 *     variables: { ttl: "6h" },
 * }); export const records = www.dns;
 */
export class ClientSite extends pulumi.ComponentResource {
    /** The website itself. */
    readonly application: Application;
    /**
     * Undefined when nothing of Production is declared: with `stagingFirst`, or with neither origin nor configuration.
     */
    readonly production?: Environment;
    /** Undefined when no staging is declared. */
    readonly staging?: Environment;
    /** The domain of `hostname`, when `waitForLive` or `certificate` is declared. */
    readonly domain?: Domain;
    /** By hostname. */
    readonly aliases: Readonly<Record<string, Domain>>;
    /** The URL to clone its repository. The password is an API token. */
    readonly gitUrl: pulumi.Output<string>;
    /** The commit that Staging is at. Undefined without Staging. */
    declare readonly stagingHead: pulumi.Output<string | undefined>;
    /** Every DNS record to set: for the hostname, its aliases, and Staging's hostname. */
    declare readonly dns: pulumi.Output<SiteDnsRecord[]>;
    readonly #hostnames: readonly string[];

    constructor(name: string, args: ClientSiteArgs, opts?: pulumi.ComponentResourceOptions) {
        const { hostname, aliases, stagingHostname } = hostnamesOf(args);
        const { staging } = args;
        refuseWrongArguments(hostname, args);
        const files = siteConfig.composeSite({
            hostname,
            sources: sourcesOf(args.config),
            variables: args.variables ?? {},
            sharedVariables: args.sharedVariables ?? {},
            staging: staging && { source: staging.config, variables: staging.variables },
        });
        lightenRegistration();
        // no inputs: the state would contain them twice, and a preview shows a component with changed inputs as an
        // update
        super("section:index:ClientSite", name, {}, opts);
        const {
            organization,
            origin,
            stack,
            proxyChain,
            ipBlacklist,
            stagingFirst = false,
            promote,
            ownership,
            waitForLive,
            certificate,
        } = args;
        const declaresProduction =
            !stagingFirst &&
            [origin, proxyChain, ipBlacklist, files.production, promote].some((part) => part !== undefined);
        this.application = new Application(
            name,
            { organization, hostname, origin: addressOf(origin), stack },
            // the origin has one owner: once Production is declared, only Production writes it
            { parent: this, ignoreChanges: declaresProduction ? ["origin"] : [] },
        );
        // not deletedWith: if the application's delete is refused, the state must not have forgotten them
        const below: pulumi.CustomResourceOptions = { parent: this };
        const application = this.application.id;
        const owned = (config: typeof files.production) => ({ config, ownership: config && ownership });
        if (staging !== undefined) {
            const content = {
                hostname: stagingHostname,
                origin: staging.origin ?? origin,
                proxyChain,
                ipBlacklist,
                ...owned(files.staging),
            };
            this.staging = new Environment(
                `${name}/${siteConfig.stagingName}`,
                { application, name: siteConfig.stagingName, ...content },
                below,
            );
        }
        if (declaresProduction) {
            const content =
                promote === undefined
                    ? { proxyChain, ...owned(files.production) }
                    : { promote: this.#promoted(promote) };
            this.production = new Environment(
                `${name}/${model.productionName}`,
                { application, name: model.productionName, origin, ipBlacklist, ...content },
                below,
            );
        }
        const served = { environment: this.application.production, waitForLive, certificate };
        const domainOf = (each: string) => new Domain(`${name}/${each}`, { hostname: each, ...served }, below);
        if (waitForLive !== undefined || certificate !== undefined) this.domain = domainOf(hostname);
        this.aliases = Object.fromEntries(aliases.map((alias) => [alias, domainOf(alias)]));
        this.gitUrl = this.application.gitUrl;
        makeLater(this, "stagingHead", () => this.staging?.head ?? pulumi.output(undefined));
        const recordsFor = (cname: string): SiteDnsRecord[] => {
            const edgeDomain = model.edgeDomainOf(hostname, cname);
            const ofProduction = [hostname, ...aliases].map((each) => ({
                environment: model.productionName,
                ...model.adviseOn(model.dnsRecordFor(each, edgeDomain)),
            }));
            if (stagingHostname === undefined) return ofProduction;
            return [
                ...ofProduction,
                {
                    environment: siteConfig.stagingName,
                    ...model.adviseOn(model.dnsRecordFor(stagingHostname, edgeDomain)),
                },
            ];
        };
        makeLater(this, "dns", () => this.application.cname.apply((cname) => onceMade(cname, recordsFor)));
        this.#hostnames = [hostname, ...aliases, ...(stagingHostname === undefined ? [] : [stagingHostname])];
        this.registerOutputs({ hostname, gitUrl: this.gitUrl });
    }

    #promoted(promote: pulumi.Input<string>): EnvironmentArgs["promote"] {
        if (promote === "staging") return this.staging?.head;
        return promote === "staging-seen" ? this.staging?.seenHead : promote;
    }

    /**
     * The `line` of each record in `dns`, by hostname, such as `www 300 IN CNAME www.acme.example.c.section.io.`: an
     * output of the program then has one line for each.
     */
    get dnsLines(): Readonly<Record<string, pulumi.Output<string>>> {
        const { dns } = this;
        const lineOf = (hostname: string) => dns.apply((all) => all.find(({ name }) => name === hostname)?.line ?? "");
        return Object.fromEntries(this.#hostnames.map((hostname) => [hostname, lineOf(hostname)]));
    }
}

/** Refuses arguments that a site does not have, and those that contradict each other. */
function refuseWrongArguments(hostname: string, args: SiteArgs): void {
    const wrong = unknown.unknownOfClientSite(args);
    if (wrong.length > 0) throw listRefusal(wrong, `the ClientSite of ${hostname}`, "declaration");
    const { promote, stagingFirst, staging, ownership, config } = args;
    if (promote !== undefined && stagingFirst)
        throw refusal(
            `${hostname}: it has promote and stagingFirst, of which only one can bring content to Production`,
            "Take stagingFirst away when the site goes live",
        );
    if ((promote === "staging" || promote === "staging-seen") && staging === undefined)
        throw refusal(
            `${hostname}: promote names staging, and the site declares none`,
            "Add staging: {}, or name a commit of its repository",
        );
    if (ownership === "complete" && sourcesOf(config).length === 0 && staging?.config === undefined)
        throw refusal(
            `${hostname}: its ownership is "complete" without a configuration, which would remove every file`,
            "Add config, or take ownership away",
        );
}

function requireHostname(text: string): string {
    const result = model.hostnameSchema.safeParse(text);
    if (result.success) return result.data;
    throw refusal(`hostname "${text}" ${result.error.issues[0]?.message}`, "Correct the hostname of the site");
}

/** The hostnames of a site in their normal spelling. */
export function hostnamesOf({ hostname: text, aliases = [], staging }: SiteArgs): {
    hostname: string;
    aliases: string[];
    stagingHostname?: string;
} {
    const hostname = requireHostname(text);
    const stagingHostname = staging && requireHostname(staging.hostname ?? keys.stagingHostnameOf(hostname));
    return { hostname, aliases: aliases.map(requireHostname), stagingHostname };
}
