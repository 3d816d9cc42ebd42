import { readSettings, type Session, startSession } from "pulumi-section/internal";
import { tellLine } from "../terminal/progress";
import { readCommandSettings } from "./command-session";
import type { StackChoice } from "./stack-config";
import type { State, StateResource } from "./state";

/**
 * Sessions of a run, one for each provider. They share no readings with others, so that a recent change is read again.
 */
export function makeSessions(
    state: State,
    choice: StackChoice,
): (resource: Pick<StateResource, "provider">) => Promise<Session> {
    const sessions = new Map<string, Promise<Session>>();
    const open = async (provider: string) => {
        const config = state.explicit.get(provider);
        const session = startSession(config === undefined ? await readCommandSettings(choice) : readSettings(config));
        return { ...session, tell: tellLine };
    };
    return ({ provider }) => {
        const key = state.explicit.has(provider) ? provider : "";
        const session = sessions.get(key) ?? open(key);
        sessions.set(key, session);
        return session;
    };
}
