import { readSettings, refuseOtherPlatform, type Session, startSession } from "pulumi-section/internal";
import { isProblem } from "section-model";
import { tellLine } from "../terminal/progress";
import { readStackConfig, type StackChoice } from "./stack-config";
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
        // of the stack config, too, where the environment has endpoint and token: it has the limits of the stack
        const session = startSession(readSettings(config ?? (await readStackConfig(choice))));
        return { ...session, tell: tellLine };
    };
    return ({ provider }) => {
        const key = state.explicit.has(provider) ? provider : "";
        const session = sessions.get(key) ?? open(key);
        sessions.set(key, session);
        return session;
    };
}

/** A session for each provider of a state, and for the settings of the command. */
export async function openSessions(state: State, choice: StackChoice): Promise<Session[]> {
    const sessionOf = makeSessions(state, choice);
    const sessions: Session[] = [];
    for (const provider of [...state.explicit.keys(), ""]) {
        try {
            const session = await sessionOf({ provider });
            const own = state.resources.find(
                (each) => (state.explicit.has(each.provider) ? each.provider : "") === provider,
            );
            await refuseOtherPlatform(session, own?.outputs.__platform);
            sessions.push(session);
        } catch (error) {
            // a program may bring all its settings in its own providers
            if (state.explicit.size === 0 || !isProblem(error) || error.code !== "settings-missing") throw error;
        }
    }
    return sessions;
}
