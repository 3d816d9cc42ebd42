import { isProblem, type Problem } from "section-model";
import type { Session } from "./session";

/** True when the platform gave no answer: a preview goes on without one. */
export function isSilence(error: unknown): error is Problem {
    return isProblem(error) && (error.code === "unreachable" || error.code === "overloaded");
}

/** The answer of the platform. Without an answer undefined, and a line that names the skipped check. */
export async function unlessSilent<T>({ tell }: Session, subject: string, asked: Promise<T>): Promise<T | undefined> {
    return asked.catch((error) => {
        if (!isSilence(error)) throw error;
        tell(`not checked with the platform: ${subject} (${error.detail})`);
        return undefined;
    });
}
