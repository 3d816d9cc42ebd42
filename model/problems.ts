import { type ProblemEntry, unansweredProblems } from "./unanswered-problems";

/**
 * The table of all problems: code -> HTTP status, title and remedy. `exact` marks messages that existing clients
 * compare byte for byte: no remedy is appended to them.
 */
export const problems = {
    "invalid-input": {
        status: 400,
        title: "The request or declaration is malformed",
        remedy: "Correct the named property",
    },
    "invalid-json": {
        status: 400,
        title: "The body is not JSON",
        remedy: "Send a JSON document with Content-Type: application/json",
    },
    "environment-exists": {
        status: 400,
        title: "The environment exists already",
        remedy: "Use the existing environment or choose another name",
    },
    "environment-protected": {
        status: 400,
        title: "Production always exists",
        remedy: "Delete the application to remove its Production environment",
    },
    "domain-elsewhere": {
        status: 400,
        title: "The hostname is in use",
        remedy: "Remove it from where it is attached first, or ask support when you own it",
    },
    "domain-not-attached": {
        status: 400,
        title: "The hostname is not attached there",
        remedy: "Look at the hostnames of the environment, or of the whole organization",
    },
    "domain-names-application": {
        status: 400,
        title: "The hostname names the application",
        remedy: "Delete the application to release its own hostname",
    },
    "account-not-empty": {
        status: 400,
        title: "The organization still has applications",
        remedy: "Delete its applications first",
    },
    "application-has-children": {
        status: 400,
        title: "Other applications are split from this one",
        remedy: "Delete the split applications first",
    },
    "shared-by-root": {
        status: 400,
        title: "Split applications share this with their root",
        remedy: "Do it at the root application",
    },
    "prefix-taken": {
        status: 400,
        title: "The prefix is split off already",
        remedy: "Choose another prefix or delete the application that has it",
    },
    "zone-elsewhere": {
        status: 400,
        title: "The zone is in use",
        remedy: "Choose another zone, or ask support when you own it",
    },
    "zone-not-hosted": {
        status: 400,
        title: "The zone is not hosted for the organization",
        remedy: "Correct the name, or host the zone first",
    },
    "record-conflict": {
        status: 400,
        title: "The record cannot stand there",
        remedy: "Change or delete what stands there first",
    },
    "record-of-site": {
        status: 400,
        title: "The record belongs to a site",
        remedy: "Remove the domain from its environment first, or convert the record",
    },
    "push-refused": {
        status: 400,
        title: "The content was refused",
        remedy: "Correct the reported files and push again",
    },
    "too-many-domains": {
        status: 400,
        title: "Too many domains to verify at once",
        remedy: "Use the single-domain API instead",
    },
    "certificate-refused": {
        status: 400,
        title: "The certificate or its key was refused",
        remedy: "Correct what is named and upload them again",
    },
    "certificate-custom": {
        status: 400,
        title: "The certificate is its owner's",
        remedy: "Upload a new one with POST /account/ID/domain/HOST/https",
    },
    "domain-not-live": {
        status: 400,
        title: "The hostname's DNS does not lead here",
        remedy: "Set the DNS record, verify the domain, then try again",
    },
    "issuing-off": {
        status: 400,
        title: "No certificate authority is set up",
        remedy: "Set SECTION_PLATFORM_ACME_DIRECTORY, or upload a certificate",
    },
    "issue-failed": {
        status: 400,
        title: "The certificate could not be issued",
        remedy: "Correct what is named; it is tried again by itself",
    },
    unauthenticated: { status: 401, title: "No valid credentials", remedy: "Send a valid API token" },
    "token-ended": { status: 401, title: "The token expired or was revoked", remedy: "Make a new API token" },
    forbidden: {
        status: 403,
        title: "The role does not allow this",
        remedy: "Ask an admin of the organization for the needed role",
    },
    unverified: {
        status: 403,
        title: "The user's e-mail address is not verified",
        remedy: "Follow the link in the mail; POST /user/resendverification sends another",
    },
    "second-factor": {
        status: 403,
        title: "Two-factor authentication is required",
        remedy: "Use an API token, or send a one-time code in the header section-otp",
    },
    "password-needed": {
        status: 403,
        title: "An API token alone is not enough",
        remedy: "Send the e-mail address and password instead, or a code of the authenticator app beside the token in the header section-otp",
    },
    "hostname-taken": {
        status: 403,
        title: "The hostname is in use",
        remedy: "Choose another hostname, or ask support when you own it",
        exact: true,
    },
    "system-limit": {
        status: 403,
        title: "A system limit is reached",
        remedy: "Contact support to increase the limit",
        exact: true,
    },
    "limit-reached": {
        status: 403,
        title: "A limit of fair use is reached",
        remedy: "Remove what is not needed any more, or ask the operator of the platform for a higher limit",
    },
    "unknown-stack": {
        status: 403,
        title: "The stack is not in the catalogue",
        remedy: "Choose a name from GET /api/v1/stack",
    },
    "last-admin": { status: 403, title: "The last admin is protected", remedy: "Make somebody else an admin first" },
    "owner-protected": { status: 403, title: "The owner is protected", remedy: "Transfer the ownership first" },
    "self-lockout": {
        status: 403,
        title: "Callers cannot remove or demote themselves",
        remedy: "Let another admin do it",
    },
    "not-found": {
        status: 404,
        title: "No such thing, or not visible to the caller",
        remedy: "Check the id and the token's organization",
    },
    "account-deleted": {
        status: 410,
        title: "The organization was deleted",
        remedy: "Run `pulumi refresh` so that it leaves the state, or make a new one",
    },
    "method-not-allowed": {
        status: 405,
        title: "The method is not offered here",
        remedy: "Use one of the methods in the Allow header",
    },
    "too-slow": { status: 408, title: "The request took too long to arrive", remedy: "Send it at once" },
    "idempotency-conflict": {
        status: 409,
        title: "The Idempotency-Key was used for another request",
        remedy: "Use a fresh key for a different request",
    },
    "claim-held": {
        status: 409,
        title: "Another one holds the thing",
        remedy: "Leave it to its holder, or take it over first",
    },
    "head-moved": {
        status: 409,
        title: "The branch has moved on",
        remedy: "Run `pulumi refresh`, review the difference and apply again",
    },
    "body-too-large": { status: 413, title: "The body is too large", remedy: "Send less at once" },
    "head-too-large": {
        status: 431,
        title: "The head of the request is too large",
        remedy: "Send fewer or shorter headers",
    },
    "rate-limited": {
        status: 429,
        title: "Too many requests",
        remedy: "Please wait a few minutes, or as long as Retry-After says",
    },
    internal: { status: 500, title: "The platform failed", remedy: "Try again; if that fails, report the request id" },
    overloaded: { status: 503, title: "The platform is busy", remedy: "Try again after Retry-After" },
    ...unansweredProblems,
} as const satisfies Record<string, ProblemEntry>;

export type ProblemCode = keyof typeof problems;

/** Every problem code, in the order of the table. */
export const problemCodes = Object.keys(problems) as ProblemCode[];
