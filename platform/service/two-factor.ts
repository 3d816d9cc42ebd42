import { Problem } from "section-model";
import type { Caller, Member } from "../auth/caller";
import { drawQrCode, makeTotpSecret, stepOfCode, totpPurpose } from "../auth/totp";
import { findAccount } from "../store/accounts";
import { findPerson, type Person, updateUserRow } from "../store/users";
import type { Context } from "./context";
import { queueNotice } from "./notices";
import { refuseTokenAlone } from "./prove-person";
import { getUser } from "./users";

/**
 * Refuses a password that came without a second factor where the user, or the account, asks for one. Outside accounts
 * the strictest of the caller's accounts counts: a password alone must not make a token that opens it.
 */
export async function requireSecondFactor(
    { store }: Context,
    caller: Caller,
    member: Member | undefined,
): Promise<void> {
    if (caller.lacksSecondFactor === undefined) return;
    if (caller.lacksSecondFactor === "in-some-accounts" && member !== undefined) {
        const account = await findAccount(store.database, member.accountId);
        if (account?.requires_2fa !== true) return;
        throw new Problem(
            "second-factor",
            `account ${member.accountId} requires two-factor authentication, and this is a password`,
        );
    }
    const who = caller.lacksSecondFactor === "everywhere" ? "this user requires" : "an account of this user requires";
    throw new Problem("second-factor", `${who} two-factor authentication, and this is a password`);
}

export interface NewTotp {
    base32: string;
    url: string;
    svg: string;
    pngDataUri: string;
}

/**
 * Shows the caller a new secret for an authenticator app. One that is in use stays so until the new one is confirmed.
 */
export async function startTotp(context: Context, caller: Caller): Promise<NewTotp> {
    const user = await getUser(context, caller);
    if (user.totp_secret !== null) await requireSecondFactor(context, caller, undefined);
    const { base32, url } = makeTotpSecret(user.email);
    await updateUserRow(context.store.database, user.id, {
        totp_pending: context.secrets.seal(totpPurpose(user.id), base32),
    });
    return { base32, url, ...(await drawQrCode(url)) };
}

/**
 * Puts the secret that was shown last into use, once a code proves that an app has it. The user is told by mail.
 *
 * @throws Problem `password-needed` when a token comes alone, `invalid-input` for a wrong code
 */
export async function confirmTotp(context: Context, caller: Caller, code: string): Promise<Person> {
    const user = await getUser(context, caller);
    if (user.totp_secret !== null) await requireSecondFactor(context, caller, undefined);
    // the first one too: whoever confirms it has the codes that count
    await refuseTokenAlone(context, caller, "put an authenticator app into use");
    if (user.totp_pending === null)
        throw new Problem("invalid-input", "no authenticator app waits to be confirmed", {
            remedy: "POST /user/totp first",
        });
    const step = stepOfCode(context.secrets.open(totpPurpose(user.id), user.totp_pending), code, context.now());
    if (step === undefined)
        throw new Problem("invalid-input", "the code is not the app's present one", {
            property: "code",
            remedy: "Send the next code",
        });
    await context.store.transact(async (transaction) => {
        await updateUserRow(transaction, user.id, {
            totp_secret: user.totp_pending,
            totp_pending: null,
            totp_last_step: step,
        });
        const replaces = user.totp_secret !== null;
        await queueNotice(context, transaction, user.email, { kind: "authenticator-set", replaces });
    });
    return (await findPerson(context.store.database, user.id)) as Person;
}
