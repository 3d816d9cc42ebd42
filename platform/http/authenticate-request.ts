import { emailSchema, Problem } from "section-model";
import { authenticateToken } from "../auth/authenticate";
import type { Caller } from "../auth/caller";
import { networkOf } from "../auth/client-network";
import { authenticatePassword } from "../auth/password-sign-in";
import { tokenIdOf } from "../auth/token";
import type { Context } from "../service/context";

/** The places of credentials in a request. */
export interface Carriers {
    sectionToken?: string;
    accessToken?: string;
    authorization?: string;
    /** Header `section-otp`: the code of the user's authenticator app, beside a password or a token. */
    code?: string;
    /** The address that the request came from. */
    address: string | undefined;
}

interface Credentials {
    user: string;
    secret: string;
}

function basicCredentials(authorization: string): Credentials | undefined {
    const encoded = /^basic\s+([A-Za-z0-9+/=_-]+)\s*$/i.exec(authorization)?.[1];
    if (encoded === undefined) return undefined;
    const text = Buffer.from(encoded, "base64").toString("utf8");
    const colon = text.indexOf(":");
    return colon === -1 ? undefined : { user: text.slice(0, colon), secret: text.slice(colon + 1) };
}

/** A code beside a token is only looked at by what needs it: it counts once, and most requests do without. */
function withCode(caller: Caller | undefined, code: string | undefined): Caller | undefined {
    return caller === undefined || code === undefined ? caller : { ...caller, code };
}

/** Tells whoever signed in by e-mail and password that these are wrong; of a token no more is said than that it is. */
export function refusePassword({ sectionToken, accessToken, authorization = "" }: Carriers): void {
    const { user = "", secret = "" } = basicCredentials(authorization) ?? {};
    const isPassword = sectionToken === undefined && accessToken === undefined && tokenIdOf(secret) === undefined;
    if (!isPassword || !emailSchema.safeParse(user).success) return;
    throw new Problem("unauthenticated", "API request is unauthorized: the e-mail address or the password is wrong", {
        remedy: "Correct them, or send a valid API token",
    });
}

/**
 * The caller of a request, by the first carrier that is there: header `section-token`, query `access_token`, Basic
 * with a token as password (any user name but an empty one) or with e-mail and password. All give the same rights.
 */
export async function authenticate(
    { store, secrets, now, callers, options }: Context,
    carriers: Carriers,
): Promise<Caller | undefined> {
    const { database } = store;
    const token = carriers.sectionToken ?? carriers.accessToken;
    const byToken = async (text: string) =>
        withCode(await authenticateToken(database, text, now(), callers), carriers.code);
    if (token !== undefined) return byToken(token.trim());
    const credentials = carriers.authorization === undefined ? undefined : basicCredentials(carriers.authorization);
    if (credentials === undefined || credentials.user === "") return undefined;
    if (tokenIdOf(credentials.secret) !== undefined) return byToken(credentials.secret);
    const signIn = {
        email: credentials.user,
        password: credentials.secret,
        code: carriers.code,
        network: networkOf(carriers.address),
    };
    return authenticatePassword({ database, secrets, now, options }, signIn);
}
