import { readFileSync } from "node:fs";
import { model } from "./late-module";

/** Stack config, or the arguments of an explicit Provider; keys as the engine passes them. */
export interface ConfigReader {
    get(key: string): string | undefined;
}

/** A setting, and the name of what sets it, for messages. */
export interface FoundSetting {
    value: string;
    setBy: string;
}

export const explicitPrefix = "section-provider";

/** Without blanks around it; a text of blanks alone counts as unset. */
export const filled = (text: string | undefined) =>
    text === undefined || text.trim() === "" ? undefined : text.trim();

/** `allowLiveDelete` -> `SECTION_ALLOW_LIVE_DELETE`. */
export const variableOf = (name: string) => `SECTION_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;

function found(text: string | undefined, setBy: string): FoundSetting | undefined {
    const value = filled(text);
    return value === undefined ? undefined : { value, setBy };
}

const findExplicit = (config: ConfigReader | undefined, name: string) =>
    found(config?.get(`${explicitPrefix}:${name}`), `the program's Provider (${name})`);

const findInStack = (config: ConfigReader | undefined, name: string) =>
    found(config?.get(`section:${name}`), `section:${name}`);

export const findVariable = (environment: NodeJS.ProcessEnv, variable: string) =>
    found(environment[variable], variable);

/** A setting of the explicit provider, or of the environment, or of the stack. */
export function findSetting(
    config: ConfigReader | undefined,
    environment: NodeJS.ProcessEnv,
    name: string,
): FoundSetting | undefined {
    return findExplicit(config, name) ?? findVariable(environment, variableOf(name)) ?? findInStack(config, name);
}

function readTokenFile(file: string | undefined): FoundSetting | undefined {
    if (file === undefined) return undefined;
    try {
        return found(readFileSync(file, "utf8"), `SECTION_TOKEN_FILE (${file})`);
    } catch (cause) {
        throw new model.Problem(
            "settings-missing",
            `SECTION_TOKEN_FILE names ${file}, which cannot be read (${(cause as NodeJS.ErrnoException).code})`,
            { remedy: "Name a readable file that holds the token", cause },
        );
    }
}

/** The token, which may also stand in a file that the environment names. */
export function findToken(config: ConfigReader | undefined, environment: NodeJS.ProcessEnv): FoundSetting | undefined {
    return (
        findExplicit(config, "token") ??
        findVariable(environment, "SECTION_TOKEN") ??
        readTokenFile(environment.SECTION_TOKEN_FILE) ??
        findInStack(config, "token")
    );
}
