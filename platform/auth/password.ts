import { hash, verify } from "@node-rs/argon2";
import { issuesOf, Problem } from "section-model";
import { type Applicant, PasswordQueue } from "./password-queue";
import { passwordSchema } from "./password-schema";

// a check costs tens of milliseconds and 19 MiB; two threads of the pool always stay free for files
const queue = new PasswordQueue();
/** Somebody with a link in a mail from us, or the operator. */
const trusted: Applicant = { lane: "", isKnown: true };

/**
 * Hashes a password with argon2id.
 *
 * @param applicant whose turn it is; without one somebody that we have written to, or the operator
 * @throws Problem `invalid-input` for one that is too short to protect anything, `overloaded` when too many wait
 */
export async function hashPassword(password: string, applicant: Applicant = trusted): Promise<string> {
    const parsed = passwordSchema.safeParse(password);
    if (!parsed.success)
        throw new Problem("invalid-input", `the password ${issuesOf(parsed.error)[0]?.reason}`, {
            property: "password",
            remedy: "Choose another one",
        });
    return queue.run(applicant, () => hash(password));
}

// verifying against this takes as long as against a real one, so that time does not tell who exists
let decoy: Promise<string> | undefined;

export interface PasswordCheck {
    applicant?: Applicant;
    /** Asked when the turn has come, right before the work: may still refuse by throwing. */
    admit?(): Promise<void>;
    /** Told the result before the next one's turn. */
    settle?(isRight: boolean): Promise<void>;
}

/**
 * True when the password is the one that was hashed. A missing hash takes as long and is false.
 *
 * @throws Problem `overloaded` when too many wait
 */
export async function isPassword(
    stored: string | null | undefined,
    password: string,
    check: PasswordCheck = {},
): Promise<boolean> {
    return queue.run(check.applicant ?? trusted, async () => {
        await check.admit?.();
        decoy ??= hash("no password has this hash");
        const isRight = passwordSchema.safeParse(password).success && (await verify(stored ?? (await decoy), password));
        await check.settle?.(isRight && typeof stored === "string");
        return isRight && typeof stored === "string";
    });
}
