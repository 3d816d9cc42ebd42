import { emailSchema, issuesOf, normaliseEmail, Problem } from "section-model";
import type { Caller } from "../auth/caller";
import { hashPassword } from "../auth/password";
import type { Database, UserRow } from "../store/database";
import { deleteLinksOf } from "../store/links";
import { ensureUser, findPerson, findUserByEmail, type Person, updateUserRow } from "../store/users";
import type { Context } from "./context";
import { letterToNewEmail, limitEmailChanges, parseNewEmail } from "./email-changes";
import { queueNotice } from "./notices";
import { decideWithEffect } from "./outbox";
import { refuseTokenAlone } from "./prove-person";

export type { Person } from "../store/users";

export interface NewUser {
    email: string;
    password?: string;
    firstName?: string;
    lastName?: string;
}

/**
 * Adds a verified user; one who exists keeps what they have, and gets the password when one is given. The password of
 * somebody who registered an address and never verified it goes: it may be a stranger's.
 */
export async function addUser(context: Context, { email, password, firstName, lastName }: NewUser): Promise<UserRow> {
    const { store, callers } = context;
    const parsed = emailSchema.safeParse(email);
    if (!parsed.success)
        throw new Problem("invalid-input", `${JSON.stringify(email)} ${issuesOf(parsed.error)[0]?.reason}`, {
            property: "email",
        });
    const passwordHash = password === undefined ? undefined : await hashPassword(password);
    const user = await store.transact(async (transaction) => {
        const { user: found, isNew } = await ensureUser(transaction, {
            email: email.trim(),
            email_key: parsed.data,
            first_name: firstName,
            last_name: lastName,
            verified: true,
            password_hash: passwordHash,
        });
        if (isNew) return found;
        if (found.verified && passwordHash !== undefined)
            await queueNotice(context, transaction, found.email, { kind: "password-set" });
        const kept = found.verified ? undefined : null;
        return (await verifyByOperator(transaction, found.id, passwordHash ?? kept)) ?? found;
    });
    callers?.clear();
    return user;
}

/** The operator has spoken: the user is verified, and invitations lead nowhere any more. */
export async function verifyByOperator(
    transaction: Database,
    userId: number,
    passwordHash: string | null | undefined,
): Promise<UserRow | undefined> {
    await deleteLinksOf(transaction, userId, "accept");
    return updateUserRow(transaction, userId, { verified: true, password_hash: passwordHash });
}

export async function getUser({ store }: Context, caller: Caller): Promise<Person> {
    const user = await findPerson(store.database, caller.userId);
    if (user === undefined) throw new Problem("unauthenticated", "the user of these credentials is gone");
    return user;
}

export async function requireUser({ store }: Context, email: string): Promise<UserRow> {
    const user = await findUserByEmail(store.database, normaliseEmail(email));
    if (user === undefined)
        throw new Problem("not-found", `there is no user ${email}`, { remedy: "Add the user first" });
    return user;
}

export interface UserChanges {
    firstName?: string;
    lastName?: string;
    companyName?: string;
    phoneNumber?: string;
    /** Counts once it is verified. */
    email?: string;
    /** Whether a password counts with a one-time code only. */
    requires2fa?: boolean;
}

/**
 * Changes the caller's own details.
 *
 * @throws Problem `password-needed` when a token alone wants to end two-factor authentication or change the address,
 * `unverified`, `rate-limited`
 */
export async function updateUser(context: Context, caller: Caller, changes: UserChanges): Promise<Person> {
    const before = await getUser(context, caller);
    if (changes.requires2fa === true && before.totp_secret === null) {
        throw new Problem("invalid-input", "requires2fa needs an authenticator app, and this user has none", {
            property: "requires2fa",
            remedy: "POST /user/totp, then confirm it with a code",
        });
    }
    const email = parseNewEmail(caller, changes.email);
    const endsTwoFactor = changes.requires2fa === false && before.requires_2fa;
    if (email !== undefined || endsTwoFactor)
        await refuseTokenAlone(
            context,
            caller,
            endsTwoFactor ? "end two-factor authentication" : "change the e-mail address",
        );
    if (email !== undefined) await limitEmailChanges(context, caller);
    await decideWithEffect(context, "send-letter", async (transaction) => {
        const after = await updateUserRow(transaction, caller.userId, {
            first_name: changes.firstName,
            last_name: changes.lastName,
            company_name: changes.companyName,
            phone_number: changes.phoneNumber,
            requires_2fa: changes.requires2fa,
        });
        const isOn = after?.requires_2fa ?? false;
        if (isOn !== before.requires_2fa)
            await queueNotice(context, transaction, before.email, { kind: "two-factor-changed", isOn });
        if (email === undefined) return undefined;
        await queueNotice(context, transaction, before.email, { kind: "email-change-begun", to: email });
        return letterToNewEmail(context, transaction, caller, email);
    });
    if (changes.firstName !== undefined || changes.lastName !== undefined) context.callers?.clear();
    return getUser(context, caller);
}
