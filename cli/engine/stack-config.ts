import type { ConfigReader } from "pulumi-section/internal";
import { isProblem } from "section-model";
import { type EngineResult, runEngine } from "./engine";
import { engineRefusal, isWithoutPassphrase } from "./engine-refusal";

export interface StackChoice {
    /** Default: the stack that is selected in the folder. */
    stack?: string;
    /** The folder of the Pulumi program. Default: the working directory. */
    cwd?: string;
}

/** The engine's arguments that name the stack; none for the selected one. */
export function stackArguments({ stack }: StackChoice): string[] {
    return stack === undefined ? [] : ["--stack", stack];
}

/** A value of the stack config, in clear. */
export interface ConfigEntry {
    value?: string;
    secret?: boolean;
}

async function askEngine(choice: StackChoice): Promise<EngineResult | undefined> {
    const args = ["config", "--json", "--show-secrets", ...stackArguments(choice)];
    return runEngine(args, { cwd: choice.cwd }).catch((error) => {
        if (isProblem(error)) return undefined;
        throw error;
    });
}

/**
 * The config of a Pulumi stack by key, secrets in clear; nothing where there is no program, no stack or no engine.
 *
 * @throws Problem `invalid-input` where the passphrase of the stack is missing or wrong
 */
export async function listStackConfig(choice: StackChoice = {}): Promise<Readonly<Record<string, ConfigEntry>>> {
    const answer = await askEngine(choice);
    if (answer !== undefined && isWithoutPassphrase(answer))
        throw engineRefusal("the config of the stack cannot be read", answer);
    return answer?.code === 0 ? JSON.parse(answer.stdout) : {};
}

/** Reads the config of a Pulumi stack; see `listStackConfig`. */
export async function readStackConfig(choice: StackChoice = {}): Promise<ConfigReader> {
    const entries = await listStackConfig(choice);
    return { get: (key) => entries[key]?.value };
}
