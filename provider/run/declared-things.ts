/**
 * The declarations of a program, with the data that matter when they leave it. An id that is not known yet has names in
 * place of numbers: `(Acme)/www.acme.example/Staging`. Where a name is not known either, it is the engine's text for
 * unknown values.
 */
export interface DeclaredThings {
    organizations: [id: string, name: string][];
    sites: [id: string, hostname: string][];
    /** The hostname is empty when the environment declares none. */
    environments: [id: string, hostname: string][];
    domains: [hostname: string, environment: string][];
    /** Ids of memberships. */
    people: string[];
    /** Ids of organizations with all listed people. */
    teams: [id: string, emails: string[]][];
    /** Ids of things that the platform keeps when they leave, and hostnames of such domains. No other list has them. */
    retained: string[];
}

/** Stands for the id of an organization that has none yet. */
export const organizationByName = (name: string) => `(${encodeURIComponent(name)})`;
