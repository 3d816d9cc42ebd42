import { readFile } from "node:fs/promises";
import { pluginPackage, type Way } from "pulumi-section/internal";
import { runEngine } from "../engine/engine";
import { engineRefusal } from "../engine/engine-refusal";
import { secretSignature, signatureKey } from "../engine/engine-value";
import { findProjectFile } from "../engine/project";
import { type ConfigEntry, listStackConfig, type StackChoice, stackArguments } from "../engine/stack-config";
import { type StackSettings, wayKey } from "./convert-settings";

/** The config of a stack, as it is to be after a conversion. */
export interface WaySwitch {
    settings: StackSettings;
    /** The engine's words that set it; undefined where it is set. */
    words?: readonly string[];
}

/** A value of the stack config as a state has it. The engine encrypts a secret when it saves the state. */
function valueOf({ value, secret }: ConfigEntry): unknown {
    return secret === true ? { [signatureKey]: secretSignature, plaintext: JSON.stringify(value) } : value;
}

/** Finds out how to make a stack's program go a way. Changes nothing. */
export async function planSwitch(choice: StackChoice, way: Way): Promise<WaySwitch> {
    const entries = await listStackConfig(choice);
    const project = await readFile(await findProjectFile(choice.cwd ?? "."), "utf8");
    // a value of the whole project is not removed for one stack, but overruled
    const dynamic = project.includes(wayKey) ? "false" : undefined;
    const wanted = way === "plugin" ? "true" : dynamic;
    const others = Object.entries(entries).filter(([key]) => !key.startsWith(`${pluginPackage}:`));
    const settings = {
        way: wanted,
        others: Object.fromEntries(others.map(([key, entry]) => [key, valueOf(entry)])),
    };
    if (entries[wayKey]?.value === wanted) return { settings };
    return { settings, words: wanted === undefined ? ["rm", wayKey] : ["set", wayKey, wanted] };
}

/** Makes the program go the way. */
export async function switchWay({ words }: WaySwitch, choice: StackChoice): Promise<void> {
    if (words === undefined) return;
    const answer = await runEngine(["config", ...words, ...stackArguments(choice)], { cwd: choice.cwd });
    if (answer.code !== 0)
        throw engineRefusal(
            "the state is converted, but the config of the stack is not",
            answer,
            `Run pulumi config ${words.join(" ")} before anything else`,
        );
}
