import { emailSchema, Problem } from "section-model";
import type { FairUse } from "../fair-use";
import type { Database } from "../store/database";
import { findPersonByEmail, type Person, useTotpStep } from "../store/users";
import { displayName } from "./authenticate";
import type { Caller } from "./caller";
import { isPassword } from "./password";
import {
    admitAttempt,
    admitCode,
    type BesideCode,
    delayAttempt,
    forgetWrongCodes,
    recordWrongCode,
    settleAttempt,
} from "./password-attempts";
import type { SecretBox } from "./secret-box";
import { stepOfCode, totpPurpose } from "./totp";

/** An e-mail address and password, with the data sent beside them. */
export interface PasswordSignIn {
    email: string;
    password: string;
    /** Of the user's authenticator app. */
    code?: string;
    /** The network that it came from, as `networkOf` gives it. */
    network: string;
}

export interface SignInParts {
    database: Database;
    secrets: SecretBox;
    now(): Date;
    options: Pick<FairUse, "addressWrongPasswordsPerHour">;
}

/**
 * The caller that an e-mail address and password belong to. It takes as long for a user who does not exist.
 *
 * @throws Problem `rate-limited` after too many wrong ones, `overloaded` when too many are being checked,
 * `unauthenticated` for a wrong code
 */
export async function authenticatePassword(
    parts: SignInParts,
    { email, password, code, network }: PasswordSignIn,
): Promise<Caller | undefined> {
    const { database, now, options } = parts;
    const parsed = emailSchema.safeParse(email);
    // nobody has such a name: git sends it beside a token that was mistyped
    if (!parsed.success) return undefined;
    const attempt = { emailKey: parsed.data, network };
    const admit = () => admitAttempt(database, attempt, now(), options.addressWrongPasswordsPerHour);
    let failures = await admit();
    await delayAttempt(attempt, failures);
    const user = await findPersonByEmail(database, attempt.emailKey);
    const isKnown = failures.succeededAt !== undefined;
    const isRight = await isPassword(user?.password_hash, password, {
        applicant: { lane: isKnown ? `${network} ${attempt.emailKey}` : network, isKnown },
        // asked again when the turn has come: of many that wait for it, those after the last free one are refused
        admit: async () => {
            failures = await admit();
        },
        settle: (right) => settleAttempt(database, attempt, failures, right, now()),
    });
    if (!isRight || user === undefined) {
        if (failures.insteadOfWrong !== undefined) throw failures.insteadOfWrong;
        return undefined;
    }
    if (code !== undefined) await useCode(parts, user, code, "password");
    return {
        userId: user.id,
        email: user.email,
        name: displayName(user),
        verified: user.verified,
        scope: "write",
        via: "password",
        lacksSecondFactor: code === undefined ? lackOf(user) : undefined,
    };
}

/** Says where a password alone is not enough, by the present settings of the user and the user's accounts. */
export function lackOf({ requires_2fa, enforced_2fa }: Person): Caller["lacksSecondFactor"] {
    if (requires_2fa) return "everywhere";
    return enforced_2fa ? "in-some-accounts" : undefined;
}

/**
 * Uses up a one-time code.
 *
 * @throws Problem `unauthenticated` for a wrong one, `rate-limited` after too many
 */
export async function useCode(
    { database, secrets, now }: Omit<SignInParts, "options">,
    { id, totp_secret }: Pick<Person, "id" | "totp_secret">,
    code: string,
    beside: BesideCode,
): Promise<void> {
    if (totp_secret === null)
        throw new Problem("unauthenticated", "this user has no authenticator app", { remedy: "Leave the code out" });
    await admitCode(database, id, beside, now());
    // a code is wrong until it is right, so that a hundred at once are not all let through
    await recordWrongCode(database, id, beside, now());
    const step = stepOfCode(secrets.open(totpPurpose(id), totp_secret), code, now());
    if (step === undefined || !(await useTotpStep(database, id, step))) {
        throw new Problem("unauthenticated", "the one-time code is wrong, too old or used", {
            remedy: "Wait for the app's next code",
        });
    }
    await forgetWrongCodes(database, id, beside);
}
