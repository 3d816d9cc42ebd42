import { Problem } from "section-model";
import type { Caller } from "../auth/caller";
import { useCode } from "../auth/password-sign-in";
import { findUser } from "../store/users";
import type { Context } from "./context";

/**
 * True when a request comes from the user in person: by the password, or by a one-time code beside a token. A token
 * lies in files and build servers, and somebody else may have it. A code that was sent is used up.
 *
 * @throws Problem `unauthenticated` for a wrong code, `rate-limited` after too many
 */
export async function provesPerson(context: Context, caller: Caller): Promise<boolean> {
    if (caller.via === "password") return true;
    const { database } = context.store;
    const user = caller.code === undefined ? undefined : await findUser(database, caller.userId);
    if (user === undefined || caller.code === undefined) return false;
    await useCode({ database, secrets: context.secrets, now: context.now }, user, caller.code, "token");
    return true;
}

/**
 * Refuses what whoever finds a token must not be able to do: take the user over, shut them out, or stay in when the
 * token is gone.
 *
 * @param act with a verb, such as `end two-factor authentication`
 * @throws Problem `password-needed`, and those of `provesPerson`
 */
export async function refuseTokenAlone(context: Context, caller: Caller, act: string): Promise<void> {
    if (!(await provesPerson(context, caller)))
        throw new Problem("password-needed", `an API token alone cannot ${act}`);
}
