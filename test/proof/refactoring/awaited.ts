/**
 * Edits and happenings that today's provider does not carry out yet: they need claims, consent, the identity of a
 * platform, and hostnames that hand over. Empty the list when these are there.
 */
export const awaited: readonly string[] = [
    "adopt changed",
    "move domain to another site",
    "move domain and rename",
    "swap domains of two sites",
    "swap environments",
    "alias to site",
    "site to alias",
    "same sites in another stack",
    "another platform",
];
