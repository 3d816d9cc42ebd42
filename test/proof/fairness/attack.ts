import type { Api } from "../../support/api";

/** A site of somebody. */
export interface Site {
    account: number;
    application: number;
    gitUrl: string;
}

/** The people on the platform that is attacked. Each has a token, and `password` as password. */
export interface World {
    url: string;
    /** The owner of `site`, who is measured. */
    tenant: Api;
    /** Owns `target`, and nothing else. */
    attacker: Api;
    /** May read `target`, and nothing else. */
    reader: Api;
    /** A member of nothing. */
    stranger: Api;
    site: Site;
    target: Site;
    password: string;
}

/** A request of the tenant that is measured. */
export type Look = () => Promise<unknown>;

/** Makes what an attack needs, such as a large repository, which is not measured. */
export type PrepareAttack = (world: World) => Promise<Attack>;

/** An attack on the platform by others than the tenant. */
export interface Attack {
    /** As the table of figures shows it. */
    name: string;
    /** Begins it, again and again; resolves when it is at its full force. It goes on until `end` is called. */
    begin(): Promise<{ end(): Promise<void> }>;
    /** What the tenant does beside the usual looks, by name. */
    looks?: Record<string, Look>;
    /** What takes less, in milliseconds, is not felt. Default 200. */
    floorMs?: number;
    /** How much more memory than before the platform may have with its git processes, in MiB. Default 250. */
    mostMebibytes?: number;
    /** Lines that the platform's log may have of it (at `warn`). Default 300. */
    mostLogLines?: number;
}
