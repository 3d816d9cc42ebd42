import { hasClaims, type UrnParts } from "pulumi-section/internal";
import { isProblem } from "section-model";
import { type Backend, readBackend } from "./backend";
import { readProjectName, readStackName } from "./project";
import type { StackChoice } from "./stack-config";
import { openSessions } from "./stack-sessions";
import { readState, type State } from "./state";
import { findMark, type UnsavedMark } from "./unsaved-mark";

/** A stack before the engine changes it. */
export interface StackLook {
    choice: StackChoice;
    state: State;
    /** The stack as claims and locks name it. */
    owner: Pick<UrnParts, "project" | "stack">;
    backend: Backend;
    /** Of a run that did not end, or that runs now. */
    mark?: UnsavedMark;
}

async function look(choice: StackChoice): Promise<StackLook> {
    const [state, backend, mark] = await Promise.all([readState(choice), readBackend(choice), findMark(choice)]);
    const owner = state.owner ?? {
        project: await readProjectName(choice.cwd ?? "."),
        stack: await readStackName(choice),
    };
    return { choice, state, owner, backend, ...(mark && { mark }) };
}

/**
 * Looks at a stack. Undefined where the engine has to speak for itself: without a stack it offers to make one, without
 * a passphrase it says how to give one.
 */
export async function lookAtStack(choice: StackChoice): Promise<StackLook | undefined> {
    return look(choice).catch((error) => {
        if (isProblem(error) && error.code === "invalid-input") return undefined;
        throw error;
    });
}

/** A place that keeps no claims, among those that the providers of the stack lead to. */
async function findWithoutClaims({ state, choice }: StackLook): Promise<string | undefined> {
    for (const session of await openSessions(state, choice))
        if (!(await hasClaims(session))) return session.settings.endpoint;
    return undefined;
}

/**
 * Why the engine has to save the whole state after each step of this stack: something that it makes could not be found
 * again without. Undefined: the end is enough.
 */
export async function findReasonToSave(look: StackLook): Promise<string | undefined> {
    const [foreign] = look.state.foreign;
    if (foreign !== undefined) return sayForeign(foreign);
    try {
        const endpoint = await findWithoutClaims(look);
        return endpoint === undefined
            ? undefined
            : `${endpoint} keeps no claims, so nothing but the state tells what a killed up made`;
    } catch (error) {
        if (!isProblem(error)) throw error;
        return `it is not known whether the platform keeps claims: ${error.detail}`;
    }
}

export function sayForeign({ type, name }: Pick<UrnParts, "type" | "name">): string {
    return `${name} (${type}) is of another provider, so nothing but the state tells what a killed up made of it`;
}
