import { emailSchema, issuesOf, normaliseEmail, Problem } from "section-model";
import type { Caller } from "../auth/caller";
import { hashToken } from "../auth/token";
import type { Database } from "../store/database";
import { isTaken } from "../store/database-failure";
import { deleteLinksOf, takeLink } from "../store/links";
import { listMembershipsOf } from "../store/memberships";
import { emailConstraint, findPerson, findUser, findUserByEmail, type Person, updateUserRow } from "../store/users";
import { noteChange } from "./changes";
import type { Context } from "./context";
import { type LetterRequest, mayWriteTo } from "./letters";
import { decideWithEffect } from "./outbox";
import { limitRate } from "./rate-limit";
import { deadLink } from "./registrations";

const byOneUser = { most: 5, windowMs: 3_600_000 };

/**
 * The new address of a caller who asks for another one, in its own spelling, or undefined when it is the present one.
 */
export function parseNewEmail(caller: Caller, email: string | undefined): string | undefined {
    if (email === undefined || normaliseEmail(email) === normaliseEmail(caller.email)) return undefined;
    const parsed = emailSchema.safeParse(email);
    if (!parsed.success)
        throw new Problem("invalid-input", `email ${issuesOf(parsed.error)[0]?.reason}`, { property: "email" });
    if (!caller.verified) throw new Problem("unverified", `${caller.email} is not verified, so it cannot be changed`);
    return email.trim();
}

/** @throws Problem `rate-limited` */
export async function limitEmailChanges(context: Context, { userId }: Caller): Promise<void> {
    const what = "the e-mail address was to be changed too often";
    await limitRate(context, ["email-change", String(userId)], byOneUser, what);
}

/**
 * The letter to a new address. One that is somebody's already gets another letter, and the caller learns no difference.
 */
export async function letterToNewEmail(
    context: Context,
    transaction: Database,
    caller: Caller,
    email: string,
): Promise<LetterRequest | undefined> {
    const key = normaliseEmail(email);
    if (!(await mayWriteTo(context, transaction, key, caller))) return undefined;
    const owner = await findUserByEmail(transaction, key);
    if (owner !== undefined) return { kind: "registered", userId: owner.id };
    return { kind: "email-change", userId: caller.userId, email };
}

/**
 * Gives the caller the address that a mailed link is for. The caller has to be signed in: that somebody reads the mails
 * of an address must not be enough to make it another user's.
 */
export async function confirmEmailChange(context: Context, caller: Caller, token: string): Promise<Person> {
    await decideWithEffect(context, "send-letter", async (transaction) => {
        const link = await takeLink(transaction, hashToken(token), "email", context.now());
        if (link?.user_id !== caller.userId || link.email === null) throw deadLink();
        await deleteLinksOf(transaction, caller.userId, "email");
        const before = await findUser(transaction, caller.userId);
        const key = normaliseEmail(link.email);
        await updateUserRow(transaction, caller.userId, { email: link.email, email_key: key });
        const change = {
            thing: { user_id: caller.userId, email: before?.email_key },
            from: before?.email_key,
            to: key,
        };
        // who has not accepted an invitation is no more there than the address that it was sent to
        for (const { account_id: accountId, is_invited } of await listMembershipsOf(transaction, caller.userId))
            if (!is_invited) await noteChange(transaction, { accountId, caller }, "member.email", change);
        return { kind: "email-changed" as const, from: before?.email ?? caller.email, to: link.email };
    }).catch((error) => {
        if (!isTaken(error, emailConstraint)) throw error;
        throw new Problem("invalid-input", "this e-mail address belongs to another user by now", {
            remedy: "Choose another one",
            cause: error,
        });
    });
    context.callers?.clear();
    return (await findPerson(context.store.database, caller.userId)) as Person;
}
