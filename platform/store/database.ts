import type { ColumnType, Generated, Kysely, Selectable } from "kysely";
import type { Capability, ChangeKind } from "section-model";
import type { RecordData, RecordType } from "../dns/record-data";
import type { AcmeAccountTable, CertificateOrderTable, CertificateTable } from "./certificate-tables";
import type { InvitedPerson, StoredClaim, WithDefault } from "./column";
import type { DeletedAccountTable, FormerMemberTable } from "./deleted-account-tables";

/** `creating` and `deleting` rows hold their names but nobody sees them; the outbox finishes them. */
export type State = "creating" | "ready" | "deleting";

export interface UserTable {
    id: Generated<number>;
    /** As first written. */
    email: string;
    /** As compared. */
    email_key: string;
    first_name: WithDefault<string>;
    last_name: WithDefault<string>;
    company_name: WithDefault<string>;
    phone_number: WithDefault<string>;
    password_hash: WithDefault<string | null>;
    verified: WithDefault<boolean>;
    /** The user's own wish: passwords count with a one-time code only. */
    requires_2fa: WithDefault<boolean>;
    /** Sealed; the user's authenticator app makes one-time codes from it. */
    totp_secret: WithDefault<Buffer | null>;
    /** Sealed; shown to the user, who has not proved yet to have it. */
    totp_pending: WithDefault<Buffer | null>;
    /** The time step of the last code that was used. */
    totp_last_step: WithDefault<number | null>;
    created_at: WithDefault<Date>;
}

export interface TokenTable {
    id: string;
    user_id: number;
    description: string;
    /** SHA-256 of the whole token; the token itself is stored nowhere. */
    hash: Buffer;
    scope: "read" | "write";
    expires_at: Date | null;
    /** The token that made it, by itself: this one ends with that one. */
    made_by: WithDefault<string | null>;
    last_used_at: WithDefault<Date | null>;
    created_at: WithDefault<Date>;
}

/** What is left of a token that was ended, so that the one who still has it is told. */
export interface RevokedTokenTable {
    id: string;
    hash: Buffer;
    revoked_at: WithDefault<Date>;
    /** It was revoked itself, or the token that made it, or its user was removed. */
    cause: WithDefault<"revoked" | "maker" | "user">;
}

export interface AccountTable {
    id: Generated<number>;
    name: string;
    owner_id: number;
    requires_2fa: WithDefault<boolean>;
    /** Applications it may have, if that differs from the platform's setting. */
    application_limit: WithDefault<number | null>;
    claim: WithDefault<StoredClaim | null>;
    created_at: WithDefault<Date>;
}

export interface MembershipTable {
    account_id: number;
    user_id: number;
    capability: Capability;
    claim: WithDefault<StoredClaim | null>;
    /** What the account sees instead of the user, until the user accepts; null from then on. */
    invitation: ColumnType<InvitedPerson | null, string | null | undefined, null>;
    /** The number of the member until then; later requests may still name the member by it. */
    invited_as: WithDefault<number | null>;
    invited_by: WithDefault<number | null>;
    /** When the invitation was last sent. */
    invited_at: WithDefault<Date | null>;
    /** When somebody first used a membership that they had not accepted. */
    used_at: WithDefault<Date | null>;
    created_at: WithDefault<Date>;
}

export interface ApplicationTable {
    id: Generated<number>;
    account_id: number;
    name: string;
    /** The application that has the domains, when this one is split from it. */
    root_id: WithDefault<number | null>;
    /** The part of the domains' URLs that this application answers for. */
    path_prefix: WithDefault<string>;
    state: State;
    claim: WithDefault<StoredClaim | null>;
    created_at: WithDefault<Date>;
}

export interface EnvironmentTable {
    id: Generated<number>;
    account_id: number;
    application_id: number;
    name: string;
    state: State;
    /** The page that is shown instead of the site, while one is. */
    outage_page: WithDefault<string | null>;
    /** True while the platform's name of the site leads to the origin. */
    dns_bypassed: WithDefault<boolean>;
    claim: WithDefault<StoredClaim | null>;
    created_at: WithDefault<Date>;
}

export interface DomainTable {
    hostname: string;
    account_id: number;
    application_id: number;
    environment_id: number;
    /** Last known: the DNS leads to the platform. */
    engaged: WithDefault<boolean>;
    /** When the DNS last gave a clear answer. */
    engaged_checked_at: WithDefault<Date | null>;
    /** When the DNS is to be asked again in the background. */
    check_due_at: WithDefault<Date>;
    claim: WithDefault<StoredClaim | null>;
    created_at: WithDefault<Date>;
}

export interface ZoneTable {
    name: string;
    account_id: number;
    created_at: WithDefault<Date>;
}

export interface ZoneRecordTable {
    zone: string;
    account_id: number;
    name: string;
    type: RecordType;
    ttl_seconds: number;
    data: ColumnType<RecordData[], string, string>;
}

export interface OutboxTable {
    id: Generated<number>;
    kind: string;
    payload: ColumnType<unknown, string, string>;
    /** Until then a living process works on it. */
    claimed_until: Date;
}

export interface DeploymentTable {
    id: Generated<number>;
    account_id: number;
    environment_id: number;
    commit: string;
    author_name: string;
    author_email: string;
    created_at: WithDefault<Date>;
}

/** The purpose of a link in a mail: to become a verified user, or to change the e-mail address. */
export type LinkKind = "accept" | "email";

export interface LinkTable {
    /** SHA-256 of the token in the link; the token itself is stored nowhere. */
    hash: Buffer;
    kind: LinkKind;
    user_id: number;
    /** The new address, as written. */
    email: string | null;
    /** The account that it is an invitation to. */
    account_id: WithDefault<number | null>;
    expires_at: Date;
}

/** Counts events in a window of time: wrong passwords, mails, registrations. */
export interface AttemptTable {
    /** A hash of the words for the counted event. */
    key: string;
    count: number;
    last_at: Date;
    /** The end of the window. */
    expires_at: Date;
}

/** An application's code that was uploaded; the file lies in the data folder. */
export interface PayloadTable {
    id: string;
    account_id: number;
    application_id: number;
    uploaded_by: number | null;
    bytes: number;
    sha256: string;
    created_at: WithDefault<Date>;
}

export interface SessionTable {
    /** SHA-256 of the secret in the browser's cookie; the secret itself is stored nowhere. */
    hash: Buffer;
    user_id: number;
    /** The token that was pasted to sign in: the session ends with it. */
    token_id: string | null;
    /** Of the stored password that was signed in with: the session ends when the user gets another one. */
    password_digest: Buffer | null;
    /** Moves on while the session is used. */
    expires_at: Date;
    /** Does not move. */
    ends_at: Date;
    created_at: WithDefault<Date>;
}

export interface ProxyOperationTable {
    /** Counts beyond 2^31; PostgreSQL's driver hands it out as text. */
    id: ColumnType<number | string, never, never>;
    account_id: number;
    environment_id: number;
    proxy: string;
    operation: string;
    /** As it was sent. */
    parameter: string | null;
    is_async: boolean;
    caller_name: string;
    caller_email: string;
    created_at: WithDefault<Date>;
}

/** The changes of an account and their authors, for its admins. */
export interface ChangeTable {
    /** Counts beyond 2^31; PostgreSQL's driver hands it out as text. */
    id: ColumnType<number | string, never, never>;
    account_id: number;
    at: WithDefault<Date>;
    kind: ChangeKind;
    /** The changed thing of the account, beside the account itself. */
    thing: ColumnType<ChangedThing, string, never>;
    value_from: string | null;
    value_to: string | null;
    /** Name and address of the author, as they were then; both null when it was the operator. */
    user_name: string | null;
    user_email: string | null;
    /** The operator's command. */
    command: string | null;
    /** The `Aperture-Tx-Id` of the request. */
    request_id: string | null;
}

export interface ChangedThing {
    application_id?: number;
    environment_name?: string;
    hostname?: string;
    user_id?: number;
    /** As compared. */
    email?: string;
}

/** One row, which tells this database from every other one. */
export interface IdentityTable {
    id: string;
    is_only: Generated<boolean>;
}

export interface Tables {
    users: UserTable;
    tokens: TokenTable;
    revoked_tokens: RevokedTokenTable;
    accounts: AccountTable;
    memberships: MembershipTable;
    applications: ApplicationTable;
    environments: EnvironmentTable;
    domains: DomainTable;
    outbox: OutboxTable;
    deployments: DeploymentTable;
    links: LinkTable;
    attempts: AttemptTable;
    certificates: CertificateTable;
    certificate_orders: CertificateOrderTable;
    acme_accounts: AcmeAccountTable;
    zones: ZoneTable;
    zone_records: ZoneRecordTable;
    payloads: PayloadTable;
    sessions: SessionTable;
    proxy_operations: ProxyOperationTable;
    changes: ChangeTable;
    identity: IdentityTable;
    deleted_accounts: DeletedAccountTable;
    former_members: FormerMemberTable;
}

/** A database or a transaction on it: every store function takes either. */
export type Database = Kysely<Tables>;

export type UserRow = Selectable<UserTable>;
export type RevokedTokenRow = Selectable<RevokedTokenTable>;
export type AccountRow = Selectable<AccountTable>;
export type ApplicationRow = Selectable<ApplicationTable>;
export type EnvironmentRow = Selectable<EnvironmentTable>;
export type DomainRow = Selectable<DomainTable>;
export type CertificateRow = Selectable<CertificateTable>;
export type CertificateOrderRow = Selectable<CertificateOrderTable>;
export type ZoneRow = Selectable<ZoneTable>;
