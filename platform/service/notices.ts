import type { Notice } from "../mail/notice";
import type { Database } from "../store/database";
import { queueEffect } from "../store/outbox";
import type { Context } from "./context";
import type { LetterRequest } from "./letters";

/**
 * Has a mail written to an address in the transaction of the change that it tells of: with the change, or not at all.
 * The change does not wait for the mail. No limit holds one back, or whoever is up to something would use it up first;
 * each of these changes is rare, or has a limit of its own.
 */
export async function queueNotice({ now }: Context, transaction: Database, to: string, notice: Notice): Promise<void> {
    const letter: LetterRequest = { kind: "notice", to, notice };
    await queueEffect(transaction, "send-letter", letter, now());
}
