import type { ColumnType } from "kysely";
import type { NewClaim } from "section-model";

/** A column that an insert may leave to the database. */
export type WithDefault<T> = ColumnType<T, T | undefined, T>;

/** Whose a thing is; a value of the thing's own row, so that it goes and moves with it. */
export interface StoredClaim extends NewClaim {
    /** ISO 8601. */
    claimed_at: string;
}

/** The words of an inviter about a person: all that an account learns until the person accepts. */
export interface InvitedPerson {
    email: string;
    first_name: string;
    last_name: string;
    phone_number: string;
}
