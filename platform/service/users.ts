import { emailSchema, issuesOf, normaliseEmail, Problem } from "section-model";
import type { Caller } from "../auth/caller";
import { hashPassword } from "../auth/password";
import type { Database, UserRow } from "../store/database";
import { deleteLinksOf } from "../store/links";
import { ensureUser, findPerson, findUserByEmail, type Person, updateUserRow } from "../store/users";
import type { Context } from "./context";
import { letterToNewEmail, newEmailOf } from "./email-changes";
import { decideWithEffect } from "./outbox";

export type { Person } from "../store/users";

export interface NewUser {
    email: string;
    password?: string;
    firstName?: string;
    lastName?: string;
}

/** Adds a verified user; one who exists keeps what they have, and gets the password when one is given. */
export async function addUser(
    { store, callers }: Context,
    { email, password, firstName, lastName }: NewUser,
): Promise<UserRow> {
    const parsed = emailSchema.safeParse(email);
    if (!parsed.success)
        throw new Problem("invalid-input", `${JSON.stringify(email)} ${issuesOf(parsed.error)[0]?.reason}`, {
            property: "email",
        });
    const passwordHash = password === undefined ? undefined : await hashPassword(password);
    const { user } = await ensureUser(store.database, {
        email: email.trim(),
        email_key: parsed.data,
        first_name: firstName,
        last_name: lastName,
        verified: true,
    });
    const changes = { verified: true, ...(passwordHash && { password_hash: passwordHash }) };
    const updated = await updateUserRow(store.database, user.id, changes);
    await deleteLinksOf(store.database, user.id, "accept"); // the operator has spoken
    callers?.clear();
    return updated ?? user;
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

/** Changes the caller's own details. */
export async function updateUser(context: Context, caller: Caller, changes: UserChanges): Promise<Person> {
    if (changes.requires2fa === true && (await getUser(context, caller)).totp_secret === null) {
        throw new Problem("invalid-input", "requires2fa needs an authenticator app, and this user has none", {
            property: "requires2fa",
            remedy: "POST /user/totp, then confirm it with a code",
        });
    }
    const email = await newEmailOf(context, caller, changes.email);
    const update = (database: Database) =>
        updateUserRow(database, caller.userId, {
            first_name: changes.firstName,
            last_name: changes.lastName,
            company_name: changes.companyName,
            phone_number: changes.phoneNumber,
            requires_2fa: changes.requires2fa,
        });
    if (email === undefined) await update(context.store.database);
    else
        await decideWithEffect(context, "send-letter", async (transaction) => {
            await update(transaction);
            return letterToNewEmail(context, transaction, caller, email);
        });
    if (changes.firstName !== undefined || changes.lastName !== undefined) context.callers?.clear();
    return getUser(context, caller);
}
