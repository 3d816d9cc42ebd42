import { readSettings, type Session, type Settings, startSession } from "pulumi-section/internal";
import { isProblem } from "section-model";
import { readStackConfig, type StackChoice } from "./stack-config";

/** Settings as the provider reads them: the environment's first, then the config of the stack in this folder. */
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
