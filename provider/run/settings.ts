import type { Connection } from "section-client";
import type { Problem } from "section-model";
import {
    type ConfigReader,
    type FoundSetting,
    filled,
    findSetting,
    findToken,
    findVariable,
    variableOf,
} from "./find-setting";
import { client, model } from "./late-module";

export { type ConfigReader, explicitPrefix } from "./find-setting";

export interface Settings extends Connection {
    /** Whether live things may be deleted and replaced. */
    allowLiveDelete: boolean;
    /** True if a preview fails where it cannot ask the platform. Else it goes on, and says what it did not check. */
    requirePlatform?: true;
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

const partsOf = (list: string) => list.split(",").map((each) => each.trim());

function parseAdopt(text: string | undefined): Settings["adopt"] {
    if (text === undefined || text === "false") return undefined;
    return text === "true" ? "all" : partsOf(text);
}

function wrongSetting({ value, setBy }: FoundSetting, remedy: string): Problem {
    return new model.Problem("settings-missing", `${setBy} is ${JSON.stringify(value)}`, { remedy });
}

function parseMaxDeletes(found: FoundSetting | undefined): number | undefined {
    if (found === undefined || /^\d{1,9}$/.test(found.value)) return found && Number(found.value);
    throw wrongSetting(found, "Write how many things may be deleted at once, such as 5");
}

function parseResolvers(found: FoundSetting | undefined): string[] | undefined {
    if (found === undefined) return undefined;
    const servers = found.value === "none" ? [] : partsOf(found.value);
    if (servers.every(model.isDnsServer)) return servers;
    throw wrongSetting(found, "Write IP addresses, such as 192.0.2.53 or 192.0.2.53:5353, or none");
}

function parseFlag(found: FoundSetting, purpose: string): boolean {
    if (found.value === "true" || found.value === "false") return found.value === "true";
    throw wrongSetting(found, `Write true, ${purpose}, or false`);
}

/** Default: true in CI, where nobody reads the line about what was not checked. */
function parseRequirePlatform(found: FoundSetting | undefined, { CI }: NodeJS.ProcessEnv): boolean {
    if (found === undefined) return !["", "0", "false"].includes(CI?.trim().toLowerCase() ?? "");
    return parseFlag(found, "for previews that fail without the platform");
}

/** The whole wait for an endpoint that says nothing, which is tried twice. */
function parsePatience(found: FoundSetting | undefined): number | undefined {
    if (found === undefined) return undefined;
    if (/^[1-9]\d{0,3}$/.test(found.value)) return (Number(found.value) * 1000) / 2;
    throw wrongSetting(found, "Write how many seconds to wait for a platform that says nothing, such as 20");
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

/** The token that no message may show. Undefined where the settings have none, or are wrong. */
export function findTokenToHide(config: ConfigReader | undefined): string | undefined {
    try {
        return readSettings(config).token;
    } catch {
        return undefined;
    }
}

/** Visible letters, and not all of them in quotes. */
const tokenForm = /^(?!(["']).*\1$)[\x21-\x7e]+$/;

/** The endpoint, the token, and where each is set. */
function findConnection(config: ConfigReader | undefined, environment: NodeJS.ProcessEnv): Required<Connection> {
    const endpoint = findSetting(config, environment, "endpoint");
    if (endpoint === undefined) throw new model.Problem("settings-missing", "no endpoint is set");
    const token = findToken(config, environment);
    if (token === undefined) throw new model.Problem("settings-missing", `no token is set for ${endpoint.value}`);
    if (!tokenForm.test(token.value))
        throw new model.Problem(
            "settings-missing",
            `the token from ${token.setBy} has quotes, blanks or characters that no token has`,
            { remedy: "Copy it again, without quotes" },
        );
    return {
        endpoint: client.normaliseEndpoint(endpoint.value, endpoint.setBy),
        token: token.value,
        setBy: { endpoint: endpoint.setBy, token: token.setBy },
    };
}

/**
 * Reads the explicit provider first, then the environment, then stack config. Reads anew at every call, so that a
 * rotated token counts at once.
 */
export function readSettings(given: ConfigReader | undefined, environment: NodeJS.ProcessEnv = process.env): Settings {
    const isRehearsal = filled(environment.SECTION_REHEARSAL) !== undefined;
    const config = isRehearsal ? withoutPlace(given) : given;
    const setting = (name: string) => findSetting(config, environment, name);
    // the environment first: it allows something once, against the settings of the program's providers
    const once = (name: string) =>
        findVariable(environment, variableOf(name)) ?? findSetting(config, environment, name);
    const connection = findConnection(config, environment);
    const resolvers = parseResolvers(setting("resolver"));
    const liveDelete = setting("allowLiveDelete");
    const maxDeletes = parseMaxDeletes(once("maxDeletes"));
    const adopt = parseAdopt(once("adopt")?.value);
    const contactMs = parsePatience(once("patience"));
    const requirePlatform = parseRequirePlatform(once("requirePlatform"), environment);
    const expected = filled(environment.SECTION_EXPECTED);
    const unsaved = filled(environment.SECTION_UNSAVED);
    return {
        ...connection,
        allowLiveDelete: liveDelete !== undefined && parseFlag(liveDelete, "to allow the deletion of live things"),
        ...(contactMs !== undefined && { contactMs }),
        ...(resolvers && { resolvers }),
        ...(maxDeletes !== undefined && { maxDeletes }),
        ...(adopt && { adopt }),
        ...(requirePlatform && { requirePlatform }),
        ...(isRehearsal && { isRehearsal }),
        ...(expected !== undefined && { expected }),
        ...(unsaved !== undefined && { unsaved }),
    };
}
