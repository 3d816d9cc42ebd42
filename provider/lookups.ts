import * as pulumi from "@pulumi/pulumi";
import type { Client } from "section-client";
import type { GetApplicationArgs, GetDomainArgs, GetEnvironmentArgs, GetOrganizationArgs } from "./lookup/lookup-args";
import type {
    ApplicationResult,
    DomainResult,
    EnvironmentResult,
    EstateResult,
    OrganizationResult,
} from "./lookup/results";
import { currentRun } from "./program/program";
import { loadLate } from "./run/late-module";
import { explicitPrefix, readSettings } from "./run/settings";

export type * from "./lookup/lookup-args";
export * from "./lookup/results";

/**
 * The endpoint and the user of a look-up. Default: SECTION_ENDPOINT and SECTION_TOKEN or SECTION_TOKEN_FILE, then the
 * program's stack config.
 */
export interface LookupOptions {
    /** Root of the endpoint, such as `https://aperture.section.io`. */
    endpoint?: string;
    /** An API token. No result contains it. */
    token?: string;
}

/** Loaded with the first look-up: few programs do one. */
const late = loadLate((): typeof import("./lookup/find") => require("./lookup/find"));

/** The same properties as Inputs, whose values may not be known yet. */
type Inputs<T> = { [K in keyof T]: pulumi.Input<T[K]> };

function clientFor({ endpoint, token }: LookupOptions): Client {
    const given: Record<string, string | undefined> = {
        [`${explicitPrefix}:endpoint`]: endpoint,
        [`${explicitPrefix}:token`]: token,
    };
    return currentRun().openSession(readSettings({ get: (key) => given[key] ?? pulumi.runtime.getConfig(key) })).client;
}

/** A secret token does not make the result secret. */
function asOutput<R>(
    lookUp: (args: never, options: LookupOptions) => Promise<R>,
    args: object,
    options: Inputs<LookupOptions> = {},
): pulumi.Output<R> {
    const found = pulumi
        .all([args, pulumi.unsecret(pulumi.output(options))])
        .apply(([known, settings]) => lookUp(known as never, settings as LookupOptions));
    return found as unknown as pulumi.Output<R>;
}

/**
 * An organization by id or name, with its people and applications.
 *
 * @throws Problem `not-found`, and `invalid-input` for a name that two organizations have
 * @example
 * const acme = await section.getOrganization({ name: "Acme" });
 */
export async function getOrganization(
    args: GetOrganizationArgs,
    options: LookupOptions = {},
): Promise<OrganizationResult> {
    return late.findOrganization(clientFor(options), args);
}

/** `getOrganization` with Inputs. When a preview does not know them yet, `up` does the look-up. */
export function getOrganizationOutput(
    args: Inputs<GetOrganizationArgs>,
    options?: Inputs<LookupOptions>,
): pulumi.Output<OrganizationResult> {
    return asOutput(getOrganization, args, options);
}

/**
 * An application by id or by the hostname that names it, with its environments and their domains.
 *
 * @throws Problem `not-found`
 * @example
 * const { production } = await section.getApplication({ hostname: "www.acme.example" });
 * new section.Domain("acme-shop", { environment: production, hostname: "shop.acme.example" });
 */
export async function getApplication(
    args: GetApplicationArgs,
    options: LookupOptions = {},
): Promise<ApplicationResult> {
    return late.findApplication(clientFor(options), args);
}

/** `getApplication` with Inputs. */
export function getApplicationOutput(
    args: Inputs<GetApplicationArgs>,
    options?: Inputs<LookupOptions>,
): pulumi.Output<ApplicationResult> {
    return asOutput(getApplication, args, options);
}

/**
 * An environment by id, or by application and name, with its head and domains.
 *
 * @throws Problem `not-found`
 * @example
 * const { head } = await section.getEnvironment({ application: "www.acme.example", name: "Staging" });
 */
export async function getEnvironment(
    args: GetEnvironmentArgs,
    options: LookupOptions = {},
): Promise<EnvironmentResult> {
    return late.findEnvironment(clientFor(options), args);
}

/** `getEnvironment` with Inputs. */
export function getEnvironmentOutput(
    args: Inputs<GetEnvironmentArgs>,
    options?: Inputs<LookupOptions>,
): pulumi.Output<EnvironmentResult> {
    return asOutput(getEnvironment, args, options);
}

/**
 * A hostname, attached anywhere in the estate, with the DNS record to set.
 *
 * @throws Problem `not-found`
 * @example
 * const { environment, engaged } = await section.getDomain({ hostname: "shop.acme.example" });
 */
export async function getDomain(args: GetDomainArgs, options: LookupOptions = {}): Promise<DomainResult> {
    return late.findDomain(clientFor(options), args);
}

/** `getDomain` with Inputs. */
export function getDomainOutput(
    args: Inputs<GetDomainArgs>,
    options?: Inputs<LookupOptions>,
): pulumi.Output<DomainResult> {
    return asOutput(getDomain, args, options);
}

/**
 * Everything that the token's user can see: one request where the endpoint has the extension `account.graph_detail`.
 *
 * @example
 * const { organizations } = await section.getEstate();
 */
export async function getEstate(options: LookupOptions = {}): Promise<EstateResult> {
    return late.findEstate(clientFor(options));
}

/** `getEstate` with Inputs. */
export function getEstateOutput(options?: Inputs<LookupOptions>): pulumi.Output<EstateResult> {
    return asOutput((_, settings) => getEstate(settings), {}, options);
}
