import { Problem } from "./problem";

/** The parts of an id, outermost first. Which are present says what kind of thing it names. */
export interface OrganizationId {
    organization: number;
}
export interface MembershipId extends OrganizationId {
    email: string;
}
export interface ApplicationId extends OrganizationId {
    application: number;
}
export interface EnvironmentId extends ApplicationId {
    environment: string;
}
export interface DomainId extends EnvironmentId {
    hostname: string;
}

/**
 * Ids as people and Pulumi write them:
 * `1335`, `1335/jane@agency.example`, `1335/7171`, `1335/7171/Staging`, `1335/7171/Staging/www.acme.example`.
 */
export const resourceId = {
    organization: (id: OrganizationId): string => String(id.organization),
    membership: (id: MembershipId): string => `${id.organization}/${id.email}`,
    application: (id: ApplicationId): string => `${id.organization}/${id.application}`,
    environment: (id: EnvironmentId): string => `${id.organization}/${id.application}/${id.environment}`,
    domain: (id: DomainId): string => `${id.organization}/${id.application}/${id.environment}/${id.hostname}`,
};

function split(text: string, shape: string): string[] {
    const parts = text.split("/");
    if (parts.length !== shape.split("/").length || parts.some((part) => part === "")) {
        throw new Problem("invalid-input", `"${text}" is not an id of the form ${shape}`);
    }
    return parts;
}

function number(part: string | undefined, text: string): number {
    if (part === undefined || !/^[1-9]\d{0,9}$/.test(part) || Number(part) >= 2 ** 31) {
        throw new Problem("invalid-input", `"${text}" has "${part}" where a numeric id belongs`);
    }
    return Number(part);
}

export function parseOrganizationId(text: string): OrganizationId {
    const [organization] = split(text, "ORGANIZATION");
    return { organization: number(organization, text) };
}

export function parseMembershipId(text: string): MembershipId {
    const [organization, email] = split(text, "ORGANIZATION/EMAIL") as [string, string];
    return { organization: number(organization, text), email: email.trim().toLowerCase() };
}

export function parseApplicationId(text: string): ApplicationId {
    const [organization, application] = split(text, "ORGANIZATION/APPLICATION");
    return { organization: number(organization, text), application: number(application, text) };
}

export function parseEnvironmentId(text: string): EnvironmentId {
    const [organization, application, environment] = split(text, "ORGANIZATION/APPLICATION/ENVIRONMENT") as [
        string,
        string,
        string,
    ];
    return { organization: number(organization, text), application: number(application, text), environment };
}

export function parseDomainId(text: string): DomainId {
    const [organization, application, environment, hostname] = split(
        text,
        "ORGANIZATION/APPLICATION/ENVIRONMENT/HOSTNAME",
    ) as [string, string, string, string];
    return {
        organization: number(organization, text),
        application: number(application, text),
        environment,
        hostname: hostname.toLowerCase(),
    };
}
