import { type Groups, memberGroups } from "../../fair-gate";

/** For whom git works. */
export interface Asker {
    /** The organization that owns the repository. */
    accountId: number;
    /** Default: the platform, on behalf of nobody who waits for it. */
    userId?: number;
    /** Aborted when the client has left: nobody reads the answer any more. */
    signal?: AbortSignal;
}

/** Those who share places for git fairly. What the platform does on behalf of nobody is limited by nobody's share. */
export function groupsOf(asker: Asker | undefined): Groups {
    return asker?.userId === undefined ? [] : memberGroups(asker.accountId, asker.userId);
}
