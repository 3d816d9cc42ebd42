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

interface ConfigEntry {
    value?: string;
}

async function askEngine(choice: StackChoice): Promise<EngineResult | undefined> {
    const args = ["config", "--json", "--show-secrets", ...stackArguments(choice)];
    return runEngine(args, { cwd: choice.cwd }).catch((error) => {
        if (isProblem(error)) return undefined;
        throw error;
    });
}

/**
 * The config of a Pulumi stack; nothing of it where there is no program, no stack or no engine.
 *
 * @throws Problem `invalid-input` where the passphrase of the stack is missing or wrong
 */
export async function readStackConfig(choice: StackChoice = {}): Promise<ConfigReader> {
    const answer = await askEngine(choice);
    if (answer !== undefined && isWithoutPassphrase(answer))
        throw engineRefusal("the config of the stack cannot be read", answer);
    const entries: Record<string, ConfigEntry> = answer?.code === 0 ? JSON.parse(answer.stdout) : {};
    return { get: (key) => entries[key]?.value };
}
