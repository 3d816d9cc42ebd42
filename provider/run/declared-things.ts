/**
 * The declarations of a program, with the data that matter when they leave it. An id that is not known yet is the
 * engine's text for unknown values.
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
}
