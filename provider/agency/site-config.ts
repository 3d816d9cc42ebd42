import type * as pulumi from "@pulumi/pulumi";
import { isProblem, nearestName, productionName } from "section-model";
import { readConfig } from "../config/config-files";
import type { BinaryFile } from "../config/config-from";
import type { Folders } from "../config/config-source";
import { refusal } from "../run/refusal";

export type Variables = Readonly<Record<string, string | number>>;

/** Path in the repository -> text or binary file. */
export type SiteConfigFiles = Readonly<Record<string, pulumi.Input<string | BinaryFile>>>;

/** The environment that needs the configuration. */
export interface SiteConfigPlace {
    /** The hostname of the site. */
    hostname: string;
    /** `Production` or `Staging`. */
    environment: string;
    /** The values of all `{{name}}` that its files may use. */
    variables: Variables;
}

/**
 * A source of configuration files: a folder for `configFrom`, the files themselves, or a function that returns them,
 * such as one that calls `configFrom` with `exclude`.
 */
export type SiteConfigSource = string | SiteConfigFiles | ((place: SiteConfigPlace) => SiteConfigFiles | undefined);

/** Declares the files of a site's environments. Files of later sources replace earlier ones with the same path. */
export interface SiteConfig {
    hostname: string;
    sources: readonly SiteConfigSource[];
    variables: Variables;
    /** Values that several sites share. `variables` beats them, and they need not be used. */
    sharedVariables: Variables;
    staging?: { source?: SiteConfigSource; variables?: Variables };
    /** What is read already. Default: nothing. */
    folders?: Folders;
}

export interface SiteFiles {
    production?: SiteConfigFiles;
    staging?: SiteConfigFiles;
}

export const stagingName = "Staging";

function compose(
    sources: readonly SiteConfigSource[],
    place: SiteConfigPlace,
    used: Set<string>,
    folders?: Folders,
): SiteConfigFiles | undefined {
    const { variables } = place;
    const files = sources.map((source): SiteConfigFiles | undefined => {
        if (typeof source === "function") return source(place);
        if (typeof source !== "string") return source;
        const config = readConfig(source, { variables }, folders);
        for (const name of config.used) used.add(name);
        return config.files;
    });
    return files.some((each) => each !== undefined) ? Object.assign({}, ...files) : undefined;
}

function refuseUnused(names: readonly string[], used: ReadonlySet<string>): void {
    const unused = names.filter((name) => !used.has(name));
    if (unused.length === 0) return;
    const nearest = nearestName(unused[0] as string, [...used]);
    const remedy =
        nearest === undefined
            ? "Remove it, or use it in a file"
            : `Remove it, or correct its spelling: files use {{${nearest}}}`;
    throw refusal(`no configuration file uses the variable ${unused.join(" or ")}`, remedy);
}

function composeBoth({ hostname, sources, variables, sharedVariables, staging, folders }: SiteConfig): SiteFiles {
    const used = new Set<string>();
    const filesFor = (environment: string, from: readonly SiteConfigSource[], own: Variables = {}) => {
        const all = { hostname, environment, ...sharedVariables, ...variables, ...own };
        return compose(from, { hostname, environment, variables: all }, used, folders);
    };
    const all = staging?.source === undefined ? sources : [...sources, staging.source];
    const files = {
        production: filesFor(productionName, sources),
        staging: staging && filesFor(stagingName, all, staging.variables),
    };
    // nobody can tell which variables a function uses
    if (!all.some((source) => typeof source === "function"))
        refuseUnused(Object.keys({ ...variables, ...staging?.variables }), used);
    return files;
}

/**
 * The files of a site's environments. `{{hostname}}` and `{{environment}}` can always be used.
 *
 * @throws Problem `invalid-input` naming the site, for a variable that a file uses and nobody declares, and for one
 * that no file uses
 */
export function composeSite(site: SiteConfig): SiteFiles {
    try {
        return composeBoth(site);
    } catch (error) {
        if (!isProblem(error)) throw error;
        throw refusal(`${site.hostname}: ${error.detail}`, error.remedy);
    }
}
