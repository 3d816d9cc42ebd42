import type { Capability } from "section-model";

/** Who asks, once their token or password was right. */
export interface Caller {
    userId: number;
    email: string;
    /** First and last name, or the e-mail address. */
    name: string;
    /** `read` may change nothing. */
    scope: "read" | "write";
    via: "token" | "password";
}

/** Proof that a caller belongs to an account, and in which role. */
export interface Member {
    caller: Caller;
    accountId: number;
    capability: Capability;
}
