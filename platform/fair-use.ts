import { Problem } from "section-model";

/** A limit on what one user, organization, network or mail address may do (`per` a time), or may have kept. */
interface Limit {
    /** The counted things, as a refusal begins. */
    what: string;
    /** The time of a rate. An amount that is kept has none. */
    per?: "minute" | "hour";
    /** Far above what an agency of 2,000 sites and 50 people needs. */
    most: number;
    /** What docs and `--help` say. */
    description: string;
}

/**
 * Every limit of fair use. The settings, their documentation and the words of refusals are made from it; 0 is no limit.
 */
export const fairUse = {
    userRequestsPerMinute: {
        what: "requests of this user",
        per: "minute",
        most: 120_000,
        description: "Requests of one user; more get 429. 0 is no limit, here and for the limits below",
    },
    organizationRequestsPerMinute: {
        what: "requests to this organization",
        per: "minute",
        most: 240_000,
        description: "Requests to one organization, of all its members together",
    },
    addressRequestsPerMinute: {
        what: "requests from this address",
        per: "minute",
        most: 240_000,
        description: "Requests from one address (IPv6: from one /64)",
    },
    createsPerMinute: {
        what: "applications, environments and accounts that this user creates",
        per: "minute",
        most: 6_000,
        description: "Applications, environments and accounts that one user may create",
    },
    gitRequestsPerMinute: {
        what: "git requests of this user",
        per: "minute",
        most: 12_000,
        description:
            "git requests of one user; a fetch or push is two or three, a branch read or committed to by request is one",
    },
    organizationGitRequestsPerMinute: {
        what: "git requests to this organization",
        per: "minute",
        most: 24_000,
        description: "git requests to one organization, of all its members together",
    },
    uploadsPerHour: {
        what: "uploads of this user",
        per: "hour",
        most: 10_000,
        description: "Uploads of applications' code that one user may begin",
    },
    tokensPerHour: {
        what: "API tokens that this user makes",
        per: "hour",
        most: 100,
        description: "API tokens that one user may make; the user gets a mail about each",
    },
    invitationsPerHour: {
        what: "invitations of this user",
        per: "hour",
        most: 1_000,
        description:
            "People whom one user may invite; anyone whom this user has invited before, or knows already, does not count",
    },
    organizationInvitationsPerHour: {
        what: "invitations to this organization",
        per: "hour",
        most: 200,
        description: "People who may be invited to one organization, counted in the same way",
    },
    recipientMailsPerHour: {
        what: "mails to this address",
        per: "hour",
        most: 30,
        description: "Mails that one e-mail address gets; further mails are not written, and nobody is told",
    },
    addressRegistrationsPerHour: {
        what: "registrations from this network",
        per: "hour",
        most: 10,
        description: "Registrations of strangers from one address (IPv6: from one /64)",
    },
    registrationsPerHour: {
        what: "registrations of strangers",
        per: "hour",
        most: 200,
        description: "Registrations of strangers, from everywhere together",
    },
    addressWrongPasswordsPerHour: {
        what: "wrong passwords from this network",
        per: "hour",
        most: 100,
        description:
            "Wrong passwords from one address (IPv6: from one /64), for all users together; then everybody there has to wait, except users who have signed in from there",
    },
    organizationLimit: {
        what: "organizations that this user owns",
        most: 10_000,
        description: "Organizations that one user may own",
    },
    applicationLimit: {
        what: "applications of this organization",
        most: 10_000,
        description: "Applications an account may have; `section-platform account limit` sets another number for one",
    },
    invitationLimit: {
        what: "open invitations of this organization",
        most: 1_000,
        description: "Invitations of one organization that nobody has accepted yet",
    },
    organizationBytes: {
        what: "bytes that this organization keeps in repositories and uploads",
        most: 1024 ** 4,
        description:
            "Bytes that the repositories and uploads of one organization may have; pushes and uploads beyond are refused",
    },
} as const satisfies Record<string, Limit>;

export type FairUseName = keyof typeof fairUse;

/** The numbers that count on a platform; 0 is no limit. */
export type FairUse = Record<FairUseName, number>;

const names = Object.keys(fairUse) as FairUseName[];

/** The numbers among other settings. */
export function fairUseOf(settings: FairUse): FairUse {
    return Object.fromEntries(names.map((name) => [name, settings[name]])) as FairUse;
}

/** The limit in words, with the setting that an operator changes it by. */
function sayLimit(name: FairUseName, most: number): string {
    const { what, per }: Limit = fairUse[name];
    const number = per === undefined ? `at most ${most}` : `more than ${most} a${per === "hour" ? "n" : ""} ${per}`;
    return `${what}: ${number} (the platform's setting ${name})`;
}

/** Refuses what comes too often. */
export function makeRateProblem(name: FairUseName, most: number, retryAfterSeconds: number): Problem {
    return new Problem("rate-limited", sayLimit(name, most), { retryAfterSeconds });
}

/** Refuses to keep more than so much. */
export function makeAmountProblem(name: FairUseName, most: number): Problem {
    return new Problem("limit-reached", sayLimit(name, most));
}

/** The same in the words that clients of v1 know. */
export function makeSystemLimit(name: FairUseName, most: number): Problem {
    return new Problem("system-limit", "System limit exceeded. Contact support to increase this limit.", {
        limit: sayLimit(name, most),
    });
}
