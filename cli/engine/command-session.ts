import { readSettings, type Session, type Settings, startSession } from "pulumi-section/internal";
import { isProblem } from "section-model";
import { readStackConfig, type StackChoice } from "./stack-config";

/** Settings as the provider would have them: the environment's come first, those of the stack in this folder second. */
export async function readCommandSettings(choice: StackChoice = {}): Promise<Settings> {
    try {
        return readSettings(undefined);
    } catch (error) {
        if (!isProblem(error) || error.code !== "settings-missing") throw error;
        return readSettings(await readStackConfig(choice));
    }
}

export async function openCommandSession(choice: StackChoice = {}): Promise<Session> {
    return startSession(await readCommandSettings(choice));
}
