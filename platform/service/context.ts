import type { BranchRules } from "section-model/content";
import type { Authority } from "../acme/authority";
import type { Member } from "../auth/caller";
import type { CallerCache } from "../auth/caller-cache";
import type { SecretBox } from "../auth/secret-box";
import type { Dns } from "../dns/dns";
import type { FairUse } from "../fair-use";
import type { Repositories, RepositoryKey } from "../git/repositories";
import type { Mailbox } from "../mail/mailbox";
import type { PayloadFiles } from "../payload/payload-files";
import type { Store } from "../store/store";

export interface ServiceOptions extends FairUse {
    /** The platform answers for HOST at HOST.<edgeDomain>. */
    edgeDomain: string;
    /** Operations that the log of an environment's proxies keeps. */
    proxyOperationLimit: number;
    /** Certificates that an account may ask for within an hour before its DNS leads here; 0 is no limit. */
    certificateTriesPerHour: number;
    /** The most bytes that a push may bring. */
    maxPackBytes: number;
    /** Addresses of the edge, if they are known beforehand. */
    edgeAddresses?: readonly string[];
    /** Name servers of hosted zones. */
    nameServers: readonly string[];
    /** Hours between two verifications of a domain in the background; 0 never. */
    verifyEveryHours: number;
    /**
     * The beginning of links in mails; "" until the platform listens. It never comes from a request, as a client
     * chooses what a request says.
     */
    publicUrl: string;
    /** The sender of mails. Default: no-reply at the host of `publicUrl`. */
    mailFrom?: string;
    /** Whether strangers can become users without an invitation. */
    registration: boolean;
    /** Whether answers show more than v1. */
    extensions: boolean;
}

/** The parts that every use case works with. */
export interface Context {
    store: Store;
    repositories: Repositories;
    dns: Dns;
    payloads: PayloadFiles;
    /** Seals data that must not be in the database in clear. */
    secrets: SecretBox;
    /** The authority that certificates are ordered from; without one none are issued. */
    authority?: Authority;
    options: ServiceOptions;
    /** Compiles the VCL of a proxy, where a compiler is installed. */
    compileVcl?: BranchRules["compileVcl"];
    /** Takes mails to people. */
    mailbox: Mailbox;
    /** Set when the database is this process's alone. */
    callers?: CallerCache;
    now(): Date;
    /** Told of effects that failed and will be tried again. */
    warn(message: string, details: Record<string, unknown>): void;
}

/** The repository of an application, for a member who looks at it or changes it. */
export function repositoryOf({ accountId, caller: { userId, signal } }: Member, applicationId: number): RepositoryKey {
    return { accountId, applicationId, userId, signal };
}

/** The signature under which a caller's changes are committed. */
export function signatureOf(caller: { name: string; email: string }): { name: string; email: string } {
    return { name: caller.name, email: caller.email };
}
