import { emailSchema, issuesOf, Problem } from "section-model";
import type { Caller } from "../auth/caller";
import { hashPassword } from "../auth/password";
import { hashToken } from "../auth/token";
import type { Database, UserRow } from "../store/database";
import { acceptInvitations, listInvitingAccounts } from "../store/invitations";
import { deleteInvitationLinks, findLink, type LinkRow, takeLink } from "../store/links";
import { ensureUser, findUser, verifyUser } from "../store/users";
import type { Context } from "./context";
import { mayWriteTo } from "./letters";
import { decideWithEffect } from "./outbox";
import { limitFairUse } from "./rate-limit";

export interface Registration {
    email: string;
    password: string;
    firstName: string;
    lastName: string;
    companyName: string;
    phoneNumber: string;
}

/**
 * Makes an unverified user and writes to the address. A known address looks the same to the caller, so that nobody
 * learns about other users.
 *
 * @throws Problem `forbidden` when the operator has not switched registration on, `rate-limited`
 */
export async function register(context: Context, registration: Registration, network: string): Promise<void> {
    if (!context.options.registration) {
        throw new Problem("forbidden", "this platform takes no registrations", {
            remedy: "Ask an admin of an organization for an invitation",
        });
    }
    const parsed = emailSchema.safeParse(registration.email);
    if (!parsed.success)
        throw new Problem("invalid-input", `email ${issuesOf(parsed.error)[0]?.reason}`, { property: "email" });
    await limitFairUse(context, context.store.database, "addressRegistrationsPerHour", network);
    await limitFairUse(context, context.store.database, "registrationsPerHour", "");
    const passwordHash = await hashPassword(registration.password, { lane: network, isKnown: false });
    await decideWithEffect(context, "send-letter", async (transaction) => {
        const { user } = await ensureUser(transaction, {
            email: registration.email.trim(),
            email_key: parsed.data,
            password_hash: passwordHash,
            first_name: registration.firstName,
            last_name: registration.lastName,
            company_name: registration.companyName,
            phone_number: registration.phoneNumber,
        });
        if (!(await mayWriteTo(context, transaction, parsed.data, "stranger"))) return undefined;
        return { kind: user.verified ? ("registered" as const) : ("verification" as const), userId: user.id };
    });
}

/**
 * Writes to the caller's own address again. Returns false when nothing was written, because too much was or because it
 * is verified.
 */
export async function resendVerification(context: Context, caller: Caller): Promise<{ sent: boolean; user: UserRow }> {
    const user = await findUser(context.store.database, caller.userId);
    if (user === undefined) throw new Problem("not-found", "the user of these credentials is gone");
    const sent = await decideWithEffect(context, "send-letter", async (transaction) => {
        if (user.verified || !(await mayWriteTo(context, transaction, user.email_key, "stranger"))) return undefined;
        return { kind: "verification" as const, userId: user.id };
    });
    return { sent: sent !== undefined, user };
}

export interface Acceptance {
    token: string;
    /** Of somebody who is no user yet; a user has one. */
    password?: string;
    firstName?: string;
    lastName?: string;
}

/** One answer for a link that never was, is too old or was used, so that nobody learns which. */
export function deadLink(): Problem {
    return new Problem("not-found", "this link is unknown, too old or used", { remedy: "Ask for another mail" });
}

/** The person that the link of an invitation or a registration is for, and the accounts that invite them. */
interface LinkFacts {
    user: UserRow;
    accounts: { id: number; name: string }[];
}

/**
 * Reads what a mailed link is for. The link stays as it is.
 *
 * @throws Problem `not-found` for a link that does not count
 */
export async function readLink({ store, now }: Context, token: string): Promise<LinkFacts> {
    const link = await findLink(store.database, hashToken(token), "accept", now());
    const user = link && (await findUser(store.database, link.user_id));
    if (user === undefined) throw deadLink();
    return { user, accounts: await listInviting(store.database, link as LinkRow) };
}

async function listInviting(database: Database, { user_id, account_id }: LinkRow) {
    return account_id === null ? [] : listInvitingAccounts(database, user_id, account_id);
}

/**
 * Accepts the invitation that a mailed link is for. Somebody who is no user yet becomes one: the reader of the mail
 * chooses the password here. One that was given at registration may be a stranger's, who waits for the owner of the
 * address to click.
 *
 * @throws Problem `not-found` for a link that does not count, `invalid-input` without a password where one is needed
 */
export async function acceptLink(context: Context, acceptance: Acceptance): Promise<UserRow> {
    const { store, now, callers } = context;
    const hash = hashToken(acceptance.token);
    const { user: person } = await readLink(context, acceptance.token);
    const choice = person.verified ? undefined : await chooseSignIn(acceptance);
    const user = await store.transact(async (transaction) => {
        const link = await takeLink(transaction, hash, "accept", now());
        if (link === undefined) throw deadLink();
        const { user_id, account_id } = link;
        const accounts = await listInviting(transaction, link);
        await deleteInvitationLinks(transaction, user_id, account_id);
        // somebody else may have verified them meanwhile: then the password of this request must not count
        const accepted = await (choice === undefined
            ? findUser(transaction, user_id)
            : verifyUser(transaction, user_id, choice));
        if (accepted === undefined || (choice === undefined && accounts.length === 0)) throw deadLink();
        await acceptInvitations(
            transaction,
            user_id,
            accounts.map(({ id }) => id),
        );
        return accepted;
    });
    callers?.clear();
    return user;
}

/** The password and name of somebody who becomes a user. */
async function chooseSignIn({ password, firstName, lastName }: Acceptance) {
    if (password === undefined)
        throw new Problem("invalid-input", "password must be chosen, as there is none yet", { property: "password" });
    return {
        password_hash: await hashPassword(password),
        ...(firstName !== undefined && { first_name: firstName }),
        ...(lastName !== undefined && { last_name: lastName }),
    };
}
