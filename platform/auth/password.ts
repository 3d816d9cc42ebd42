import { hash, verify } from "@node-rs/argon2";
import { issuesOf, Problem } from "section-model";
import { Gate } from "../gate";
import { passwordSchema } from "./password-schema";

// a check costs tens of milliseconds and 19 MiB; two threads of the pool always stay free for files
const gate = new Gate({ atOnce: 2, waiting: 100, refusal: "too many passwords wait to be checked" });

/**
 * Hashes a password with argon2id.
 *
 * @throws Problem `invalid-input` for one that is too short to protect anything, `overloaded` when too many wait
 */
export async function hashPassword(password: string): Promise<string> {
    const parsed = passwordSchema.safeParse(password);
    if (!parsed.success)
        throw new Problem("invalid-input", `the password ${issuesOf(parsed.error)[0]?.reason}`, {
            property: "password",
            remedy: "Choose another one",
        });
    return gate.run(() => hash(password));
}

// verifying against this takes as long as against a real one, so that time does not tell who exists
let decoy: Promise<string> | undefined;

export interface PasswordCheck {
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
    return gate.run(async () => {
        await check.admit?.();
        decoy ??= hash("no password has this hash");
        const isRight = passwordSchema.safeParse(password).success && (await verify(stored ?? (await decoy), password));
        await check.settle?.(isRight && typeof stored === "string");
        return isRight && typeof stored === "string";
    });
}
