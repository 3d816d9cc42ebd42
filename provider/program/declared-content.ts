import * as pulumi from "@pulumi/pulumi";
import type { Kind } from "../run/resource-kind";
import { listDeclared } from "./program";

/** The part of a claimant that tells check about declared files. A program need not know it when it declares. */
interface DeclaredContent {
    secretFiles?: Promise<string[] | true | undefined>;
    siteStack?: string;
}

/** The paths whose content the program marks as a secret, without waiting where it marks none. */
function findSecretFiles(config: unknown): DeclaredContent["secretFiles"] {
    if (pulumi.Output.isInstance(config)) return pulumi.isSecret(config).then((isSecret) => isSecret || undefined);
    const later = Object.entries(config ?? {}).filter(([, content]) => pulumi.Output.isInstance(content));
    if (later.length === 0) return undefined;
    return Promise.all(
        later.map(async ([path, content]) =>
            (await pulumi.isSecret(content as pulumi.Output<unknown>)) ? [path] : [],
        ),
    ).then((paths) => (paths.flat().length > 0 ? paths.flat() : undefined));
}

/** The stack of the site of an environment. Undefined where the program does not declare it, or computes it. */
function findSiteStack(application: unknown): string | undefined {
    // most programs declare a site just before its environments
    const site = listDeclared().findLast(
        ({ kind, resource, isLookup }) => kind === "application" && resource.id === application && !isLookup,
    );
    if (site === undefined) return undefined;
    const { stack = "" } = site.args;
    return typeof stack === "string" ? stack : undefined;
}

/** What check cannot see in an environment's inputs: the secrets among its files, and the proxies of a new site. */
export function describeContent(kind: Kind, { config, application }: Record<string, unknown>): DeclaredContent {
    if (kind !== "environment" || config === undefined) return {};
    const secretFiles = findSecretFiles(config);
    const siteStack = findSiteStack(application);
    return { ...(secretFiles && { secretFiles }), ...(siteStack !== undefined && { siteStack }) };
}
