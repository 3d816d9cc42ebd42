import { readFileSync } from "node:fs";
import type { Connection } from "section-client";
import { client, model } from "./late-module";

/** Stack config, or the arguments of an explicit Provider; keys as the engine passes them. */
export interface ConfigReader {
    get(key: string): string | undefined;
}

export interface Settings extends Connection {
    /** Whether live things may be deleted and replaced. */
    allowLiveDelete: boolean;
    /** How long an endpoint that has said nothing yet is waited for, twice. Default: that of the client. */
    contactMs?: number;
    /** DNS servers to ask, as `address` or `address:port`; empty to ask none. Default: the servers of this machine. */
    resolvers?: readonly string[];
    /** The largest number of things to delete at once; see `refuse-too-many.ts`. Undefined: any number. */
    maxDeletes?: number;
    /** What may be taken over without `adopt: true`: everything, or the resources of these names. */
    adopt?: "all" | readonly string[];
    /** True in a rehearsal: the platform is a copy of the one that the state is of. */
    isRehearsal?: true;
    /** The path of a reviewed plan's expectations; see `plan-expectations.ts`. Undefined: no expectations. */
    expected?: string;
    /** The stack, as `agency/prod`, for which a refresh takes over what a killed run of it did, and nothing else. */
    unsaved?: string;
}

export const explicitPrefix = "section-provider";

function tokenFromFile(file: string | undefined): string | undefined {
    if (file === undefined) return undefined;
    try {
        return readFileSync(file, "utf8");
    } catch (cause) {
        throw new model.Problem(
            "settings-missing",
            `SECTION_TOKEN_FILE names ${file}, which cannot be read (${(cause as NodeJS.ErrnoException).code})`,
            {
                remedy: "Name a readable file that holds the token",
                cause,
            },
        );
    }
}

const filled = (text: string | undefined) => (text === undefined || text.trim() === "" ? undefined : text.trim());

function listOf(text: string | undefined): string[] | undefined {
    if (text === undefined) return undefined;
    return text === "none" ? [] : text.split(",").map((each) => each.trim());
}

function parseAdopt(text: string | undefined): Settings["adopt"] {
    if (text === undefined || text === "false") return undefined;
    return text === "true" ? "all" : text.split(",").map((each) => each.trim());
}

function parseMaxDeletes(text: string | undefined): number | undefined {
    if (text === undefined || /^\d{1,9}$/.test(text)) return text === undefined ? undefined : Number(text);
    throw new model.Problem("settings-missing", `section:maxDeletes is ${JSON.stringify(text)}`, {
        remedy: "Write how many things may go at once, such as 5",
    });
}

/** The whole wait for an endpoint that says nothing, which is tried twice. */
function parsePatience(text: string | undefined): number | undefined {
    if (text === undefined) return undefined;
    if (/^[1-9]\d{0,3}$/.test(text)) return (Number(text) * 1000) / 2;
    throw new model.Problem("settings-missing", `section:patience is ${JSON.stringify(text)}`, {
        remedy: "Write how many seconds to wait for a platform that says nothing, such as 20",
    });
}

/** In a rehearsal only the environment sets endpoint and token: no setting of a program can reach a live platform. */
function withoutPlace(config: ConfigReader | undefined): ConfigReader {
    const isPlace = (key: string) => /:(endpoint|token)$/.test(key);
    return { get: (key) => (isPlace(key) ? undefined : config?.get(key)) };
}

/** The settings for reaching a platform, which may be incomplete. */
export interface FoundSettings {
    endpoint?: string;
    /** The reason why the set endpoint is not valid. */
    wrong?: string;
    hasToken: boolean;
}

/** Finds the settings; of the token it tells only whether it is set. */
export function findSettings(
    config: ConfigReader | undefined,
    environment: NodeJS.ProcessEnv = process.env,
): FoundSettings {
    const endpoint = filled(environment.SECTION_ENDPOINT) ?? filled(config?.get("section:endpoint"));
    const tokens = [environment.SECTION_TOKEN, environment.SECTION_TOKEN_FILE, config?.get("section:token")];
    const hasToken = tokens.some((token) => filled(token) !== undefined);
    if (endpoint === undefined) return { hasToken };
    try {
        return { endpoint: client.normaliseEndpoint(endpoint), hasToken };
    } catch (error) {
        return { wrong: (error as Error).message, hasToken };
    }
}

/**
 * Reads the explicit provider first, then the environment, then stack config. Reads anew at every call, so that a
 * rotated token counts at once.
 */
export function readSettings(given: ConfigReader | undefined, environment: NodeJS.ProcessEnv = process.env): Settings {
    const isRehearsal = filled(environment.SECTION_REHEARSAL) !== undefined;
    const config = isRehearsal ? withoutPlace(given) : given;
    const setting = (name: string, variable: string) =>
        filled(config?.get(`${explicitPrefix}:${name}`)) ??
        filled(environment[variable]) ??
        filled(config?.get(`section:${name}`));
    const endpoint = setting("endpoint", "SECTION_ENDPOINT");
    const explicitToken = filled(config?.get(`${explicitPrefix}:token`));
    const token =
        explicitToken ??
        filled(environment.SECTION_TOKEN) ??
        filled(tokenFromFile(environment.SECTION_TOKEN_FILE)) ??
        filled(config?.get("section:token"));
    if (endpoint === undefined) throw new model.Problem("settings-missing", "no endpoint is set");
    if (token === undefined) throw new model.Problem("settings-missing", `no token is set for ${endpoint}`);
    if (!/^[\x21-\x7e]+$/.test(token))
        throw new model.Problem("settings-missing", "the token has blanks or characters that no token has", {
            remedy: "Copy it again, without quotes",
        });
    const resolvers = listOf(setting("resolver", "SECTION_RESOLVER"));
    const allowLiveDelete = setting("allowLiveDelete", "SECTION_ALLOW_LIVE_DELETE") === "true";
    // the environment first: it allows something once, against the settings of the program's providers
    const maxDeletes = parseMaxDeletes(
        filled(environment.SECTION_MAX_DELETES) ?? setting("maxDeletes", "SECTION_MAX_DELETES"),
    );
    const adopt = parseAdopt(filled(environment.SECTION_ADOPT) ?? setting("adopt", "SECTION_ADOPT"));
    const contactMs = parsePatience(setting("patience", "SECTION_PATIENCE"));
    const expected = filled(environment.SECTION_EXPECTED);
    const unsaved = filled(environment.SECTION_UNSAVED);
    return {
        endpoint: client.normaliseEndpoint(endpoint),
        token,
        allowLiveDelete,
        ...(contactMs !== undefined && { contactMs }),
        ...(resolvers && { resolvers }),
        ...(maxDeletes !== undefined && { maxDeletes }),
        ...(adopt && { adopt }),
        ...(isRehearsal && { isRehearsal }),
        ...(expected !== undefined && { expected }),
        ...(unsaved !== undefined && { unsaved }),
    };
}
