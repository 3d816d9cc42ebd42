/**
 * What a program declares, as far as it matters when it goes. Ids that are not known yet are the engine's text for
 * that.
 */
export interface DeclaredThings {
    organizations: [id: string, name: string][];
    sites: [id: string, hostname: string][];
    /** Its first hostname is empty where it has none of its own. */
    environments: [id: string, hostname: string][];
    domains: [hostname: string, environment: string][];
    /** Ids of memberships. */
    people: string[];
    /** Ids of organizations with everybody listed. */
    teams: [id: string, emails: string[]][];
}
