import type { WithDefault } from "./column";

/** What is left of an account for those who were its members. */
export interface DeletedAccountTable {
    account_id: number;
    name: string;
    /** The e-mail address of the person who deleted it, as it was then. */
    deleted_by: string;
    deleted_at: WithDefault<Date>;
}

/** The members that an account had when it was deleted. */
export interface FormerMemberTable {
    account_id: number;
    user_id: number;
}
