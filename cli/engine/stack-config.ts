import type { ConfigReader } from "pulumi-section/internal";
import { isProblem } from "section-model";
import { type EngineResult, runEngine } from "./engine";

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

/** The config of a Pulumi stack; nothing of it where there is no program, no stack or no engine. */
export async function readStackConfig(choice: StackChoice = {}): Promise<ConfigReader> {
    const answer = await askEngine(choice);
    const entries: Record<string, ConfigEntry> = answer?.code === 0 ? JSON.parse(answer.stdout) : {};
    return { get: (key) => entries[key]?.value };
}
