import type { Capability } from "section-model";

/** The user of a request, once the token or password was right. */
export interface Caller {
    userId: number;
    email: string;
    /** First and last name, or the e-mail address. */
    name: string;
    /** Whether the e-mail address is known to be theirs. Until then they are nobody in any account. */
    verified: boolean;
    /** `read` may change nothing. */
    scope: "read" | "write";
    via: "token" | "password";
    /** The token of the request. */
    token?: { id: string; expiresAt: Date | null };
    /** A one-time code beside a token. Nobody has looked at it: `provesPerson` does, where a token is not enough. */
    code?: string;
    /** The `Aperture-Tx-Id` of their request. */
    requestId?: string;
    /** Aborted when they have left before their request was answered. */
    signal?: AbortSignal;
    /** A password came without the one-time code that the user, or some of the user's accounts, ask for. */
    lacksSecondFactor?: "everywhere" | "in-some-accounts";
}

/** Proof that a caller belongs to an account, and in which role. */
export interface Member {
    caller: Caller;
    accountId: number;
    capability: Capability;
    /** The caller has not accepted the invitation yet: the account knows no more than the inviter wrote. */
    isInvited?: true;
}
