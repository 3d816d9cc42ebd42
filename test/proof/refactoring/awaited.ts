/**
 * Edits and happenings that today's provider does not carry out yet: they need claims, consent, the identity of a
 * platform, and hostnames that hand over. When these are there, take them from the list, and write the code of the
 * refusal that asks for consent into `refusal-code.ts`.
 */
export const awaited: readonly string[] = [];
