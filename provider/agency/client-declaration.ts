import type * as pulumi from "@pulumi/pulumi";
import type { LiveWaitArgs } from "../resources/domain";
import type { OriginArgs, ProxyArgs } from "../resources/environment";
import type { Role } from "../resources/membership";

/** The staging environment of a site in a list of clients. */
export interface StagingDeclaration {
    hostname?: string;
    origin?: pulumi.Unwrap<OriginArgs>;
    /** A folder. */
    config?: string;
    variables?: Record<string, string | number>;
}

/** A site in a list of clients. */
export interface SiteDeclaration {
    hostname: string;
    origin?: pulumi.Unwrap<OriginArgs>;
    aliases?: string[];
    staging?: StagingDeclaration;
    stack?: string;
    proxyChain?: pulumi.Unwrap<ProxyArgs>[];
    ipBlacklist?: string[];
    /** A folder. */
    config?: string;
    variables?: Record<string, string | number>;
    stagingFirst?: boolean;
    promote?: string;
    ownership?: "managed" | "complete";
    waitForLive?: pulumi.Unwrap<LiveWaitArgs>;
    certificate?: "acme";
}

/** A client as a list has it: `ClientArgs` without anything that a program computes. */
export interface ClientDeclaration {
    name: string;
    key?: string;
    /** E-mail address -> role, or role and last day. */
    people?: Record<string, Role | { role: Role; until?: string }>;
    /** A folder. */
    config?: string;
    variables?: Record<string, string | number>;
    sites?: SiteDeclaration[];
}
