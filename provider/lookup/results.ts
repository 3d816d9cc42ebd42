import type { DnsAdvice } from "section-model/public";

/** A person's membership in an organization. */
export interface MemberResult {
    /** Such as `1335/jane@agency.example`. */
    id: string;
    /** The id of the organization. */
    organization: string;
    /** In lower case. */
    email: string;
    /** One of the capabilities, or another text from the endpoint. */
    role: string;
    /** The number of the person's user; until they accept the invitation, the number of the invitation. */
    userId: number;
    /** `pending` until the person has confirmed the invitation. */
    status: "pending" | "active";
}

/** A hostname that an environment answers for. */
export interface DomainResult {
    /** Such as `1335/7171/Staging/www.acme.example`. */
    id: string;
    /** The id of the environment. */
    environment: string;
    /** In its normal spelling. */
    hostname: string;
    /** The target that the DNS must point it to. */
    cname: string;
    /** The DNS zone that contains it. */
    zoneName: string;
    /** Whether the DNS led to the platform at the last look. */
    engaged: boolean;
    /** The record to set, as a `line` of its zone and with advice for setting it. */
    dns: DnsAdvice;
}

/** A branch of an application with its domains. */
export interface EnvironmentResult {
    /** Such as `1335/7171/Staging`. */
    id: string;
    /** The id of the application. */
    application: string;
    /** Such as `Staging`. Also the name of the branch. */
    name: string;
    /** The URL to clone the repository of its application. The password is an API token. */
    gitUrl: string;
    /** The commit that its branch is at. Undefined where the endpoint does not tell. */
    head?: string;
    /** The git tree of that commit. Equal trees mean equal content. */
    tree?: string;
    /** In the order of attachment. A split application has none: the domains of its root application serve it. */
    domains: DomainResult[];
}

/** A website with its environments. */
export interface ApplicationResult {
    /** Such as `1335/7171`. */
    id: string;
    /** The id of the organization. */
    organization: string;
    /** The hostname that names it. */
    hostname: string;
    /** `/`, or the path that a split application answers for, such as `/shop/`. */
    pathPrefix: string;
    /** The URL to clone its repository. The password is an API token. */
    gitUrl: string;
    /** The target that the DNS must point `hostname` to. */
    cname: string;
    /** The id of its Production environment. */
    production: string;
    /** Its environments, Production among them. */
    environments: EnvironmentResult[];
}

/** A client of the agency with its people and applications. */
export interface OrganizationResult {
    /** Such as `1335`. */
    id: string;
    /** Its name, as people see it. */
    name: string;
    /** Whether the token's user may change it. */
    isAdmin: boolean;
    /** Undefined where the token's user is no admin: only admins may list them. */
    members?: MemberResult[];
    /** Its applications. */
    applications: ApplicationResult[];
}

/** Everything that a token can see. */
export interface EstateResult {
    /** The organizations, with all that belongs to them. */
    organizations: OrganizationResult[];
}
