import { emailSchema, issuesOf, normaliseEmail, Problem } from "section-model";
import type { Caller } from "../auth/caller";
import { hashPassword } from "../auth/password";
import type { UserRow } from "../store/database";
import { ensureUser, findUser, findUserByEmail, updateUser as updateUserRow } from "../store/users";
import type { Context } from "./context";

export interface NewUser {
    email: string;
    password?: string;
    firstName?: string;
    lastName?: string;
}

/** Adds a verified user; one who exists keeps what they have, and gets the password when one is given. */
export async function addUser({ store, callers }: Context, { email, password, firstName, lastName }: NewUser): Promise<UserRow> {
    const parsed = emailSchema.safeParse(email);
    if (!parsed.success) throw new Problem("invalid-input", `${JSON.stringify(email)} ${issuesOf(parsed.error)[0]?.reason}`, { property: "email" });
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
    callers?.clear();
    return updated ?? user;
}

export async function getUser({ store }: Context, caller: Caller): Promise<UserRow> {
    const user = await findUser(store.database, caller.userId);
    if (user === undefined) throw new Problem("unauthenticated", "the user of these credentials is gone");
    return user;
}

export async function requireUser({ store }: Context, email: string): Promise<UserRow> {
    const user = await findUserByEmail(store.database, normaliseEmail(email));
    if (user === undefined) throw new Problem("not-found", `there is no user ${email}`, { remedy: "Add the user first" });
    return user;
}

export interface UserChanges {
    firstName?: string;
    lastName?: string;
    companyName?: string;
    phoneNumber?: string;
}

/** Changes the caller's own details. */
export async function updateUser(context: Context, caller: Caller, changes: UserChanges): Promise<UserRow> {
    const row = {
        ...(changes.firstName !== undefined && { first_name: changes.firstName }),
        ...(changes.lastName !== undefined && { last_name: changes.lastName }),
        ...(changes.companyName !== undefined && { company_name: changes.companyName }),
        ...(changes.phoneNumber !== undefined && { phone_number: changes.phoneNumber }),
    };
    const updated = await updateUserRow(context.store.database, caller.userId, row);
    if (changes.firstName !== undefined || changes.lastName !== undefined) context.callers?.clear();
    return updated ?? getUser(context, caller);
}
