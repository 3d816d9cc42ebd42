import type { DnsAdvice } from "section-model/public";

export interface MemberResult {
    /** Such as `1335/jane@agency.example`. */
    id: string;
    organization: string;
    email: string;
    /** One of the capabilities, or another text from the endpoint. */
    role: string;
    userId: number;
    /** `pending` until the person has confirmed the invitation. */
    status: "pending" | "active";
}

export interface DomainResult {
    /** Such as `1335/7171/Staging/www.acme.example`. */
    id: string;
    environment: string;
    hostname: string;
    /** The target that the DNS must point it to. */
    cname: string;
    zoneName: string;
    /** Whether the DNS led to the platform at the last look. */
    engaged: boolean;
    /** The record to set, as a `line` of its zone and with advice for setting it. */
    dns: DnsAdvice;
}

export interface EnvironmentResult {
    /** Such as `1335/7171/Staging`. */
    id: string;
    application: string;
    name: string;
    gitUrl: string;
    /** The commit that its branch is at, and that commit's tree. Undefined where the endpoint does not tell. */
    head?: string;
    tree?: string;
    /** In the order of attachment. A split application has none: the domains of its root application serve it. */
    domains: DomainResult[];
}

export interface ApplicationResult {
    /** Such as `1335/7171`. */
    id: string;
    organization: string;
    /** The hostname that names it. */
    hostname: string;
    /** `/`, or the path that a split application answers for, such as `/shop/`. */
    pathPrefix: string;
    gitUrl: string;
    cname: string;
    /** The id of its Production environment. */
    production: string;
    environments: EnvironmentResult[];
}

export interface OrganizationResult {
    /** Such as `1335`. */
    id: string;
    name: string;
    /** Whether the token's user may change it. */
    isAdmin: boolean;
    /** Undefined where the token's user is no admin: only admins may list them. */
    members?: MemberResult[];
    applications: ApplicationResult[];
}

export interface EstateResult {
    organizations: OrganizationResult[];
}
