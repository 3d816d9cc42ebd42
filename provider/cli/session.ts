import { isProblem } from "section-model";
import { openSession, type Session } from "../lifecycle/session";
import { readSettings } from "../lifecycle/settings";
import { readStackConfig, type StackChoice } from "./stack-config";

/** A session as the provider would have it: the environment's settings come first, those of the stack in this folder second. */
export async function openCommandSession(choice: StackChoice = {}): Promise<Session> {
    try {
        return openSession(readSettings(undefined));
    } catch (error) {
        if (!isProblem(error) || error.code !== "settings-missing") throw error;
        return openSession(readSettings(await readStackConfig(choice)));
    }
}
