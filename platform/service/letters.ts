import { isIP } from "node:net";
import { Problem } from "section-model";
import type { Caller } from "../auth/caller";
import { makeLinkToken } from "../auth/link-token";
import { type Inviting, type Letter, linkHours, writeLetter } from "../mail/letter";
import type { Notice } from "../mail/notice";
import type { Database, LinkKind } from "../store/database";
import { insertLink } from "../store/links";
import { findUser } from "../store/users";
import type { Context } from "./context";
import { isWithinRate } from "./rate-limit";

/** A mail to write. Its link is made together with the mail, so that the token is in the mail and nowhere else. */
export type LetterRequest =
    | ({ kind: "invitation"; userId: number; accountId: number } & Inviting)
    | ({ kind: "access"; userId: number } & Inviting)
    | { kind: "verification" | "registered"; userId: number }
    | { kind: "email-change"; userId: number; email: string }
    | { kind: "email-changed"; from: string; to: string }
    | { kind: "notice"; to: string; notice: Notice };

const hourMs = 3_600_000;
const fromOneToOne = { most: 5, windowMs: hourMs };
const pages: Record<LinkKind, string> = { accept: "/public/accept", email: "/public/verify" };

/**
 * True when one more mail may go to an address: more than a handful an hour help only somebody who wants to be a
 * nuisance.
 *
 * @param asker the person who has it written, so that a nuisance uses up no mail that somebody else wants to send
 */
export async function mayWriteTo(
    context: Context,
    transaction: Database,
    emailKey: string,
    asker: Caller | "stranger",
): Promise<boolean> {
    const by = asker === "stranger" ? asker : String(asker.userId);
    if (!(await isWithinRate(context, transaction, ["mail", emailKey, by], fromOneToOne))) return false;
    const most = context.options.recipientMailsPerHour;
    return most === 0 || isWithinRate(context, transaction, ["mails", emailKey], { most, windowMs: hourMs });
}

/** The token is the fragment of the address, which browsers keep from servers, proxies and their logs. */
async function makeLink(
    { store, now, options }: Context,
    kind: LinkKind,
    userId: number,
    { email = null, accountId = null }: { email?: string | null; accountId?: number | null } = {},
): Promise<string> {
    const { token, hash } = makeLinkToken();
    await insertLink(store.database, {
        hash,
        kind,
        user_id: userId,
        email,
        account_id: accountId,
        expires_at: new Date(now().getTime() + linkHours * hourMs),
    });
    return `${options.publicUrl}${pages[kind]}#${token}`;
}

async function letterFor(
    context: Context,
    request: LetterRequest,
): Promise<{ to: string; letter: Letter } | undefined> {
    if (request.kind === "email-changed") return { to: request.from, letter: request };
    if (request.kind === "notice") return { to: request.to, letter: request.notice };
    const user = await findUser(context.store.database, request.userId);
    if (user === undefined) return undefined;
    const to = user.email;
    switch (request.kind) {
        case "registered":
            return { to, letter: { kind: "registered" } };
        case "access":
            return { to, letter: { ...request, kind: "access" } };
        case "invitation": {
            const link = await makeLink(context, "accept", user.id, { accountId: request.accountId });
            return { to, letter: { ...request, kind: "invitation", isUser: user.verified, link } };
        }
        case "verification":
            return { to, letter: { kind: "verification", link: await makeLink(context, "accept", user.id) } };
        case "email-change":
            return {
                to: request.email,
                letter: {
                    kind: "email-change",
                    from: to,
                    link: await makeLink(context, "email", user.id, { email: request.email }),
                },
            };
    }
}

function senderOf({ options }: Context): string {
    const { hostname } = new URL(options.publicUrl);
    return options.mailFrom ?? `no-reply@${isIP(hostname.replaceAll(/[[\]]/g, "")) === 0 ? hostname : "localhost"}`;
}

/** Writes a letter and puts it in the mailbox. Another call makes another link and another mail. */
export async function sendLetter(context: Context, request: LetterRequest): Promise<void> {
    const { publicUrl } = context.options;
    if (publicUrl === "")
        throw new Problem("overloaded", "no letter can be written before the platform's own address is known", {
            retryAfterSeconds: 5,
        });
    const found = await letterFor(context, request);
    if (found === undefined) return;
    await context.mailbox.put(
        { from: senderOf(context), to: found.to, ...writeLetter(found.letter, publicUrl) },
        context.now(),
    );
}
