export interface ProblemEntry {
    /** Of HTTP. 0: no answer contains it. */
    status: number;
    title: string;
    remedy: string;
    exact?: true;
}

/** Problems that no answer of a platform contains: of a program, a command, or a platform that does not start. */
export const unansweredProblems = {
    "directory-locked": {
        status: 0,
        title: "The data folder is in use by another process",
        remedy: "Stop that process or choose another folder",
    },
    "restore-unfinished": {
        status: 0,
        title: "A restore was not finished",
        remedy: "Empty the data folder and the database, then restore again",
    },
    "place-occupied": {
        status: 0,
        title: "The place to restore into is not empty",
        remedy: "Name a new data folder and an empty database",
    },
    "backup-damaged": {
        status: 0,
        title: "The backup is not what was written",
        remedy: "Use another backup, or another copy of this one",
    },
    "backup-newer": {
        status: 0,
        title: "The backup was written by a newer platform",
        remedy: "Restore it with that version or a newer one",
    },
    "settings-missing": {
        status: 0,
        title: "A setting is missing",
        remedy: "Set SECTION_ENDPOINT and SECTION_TOKEN, or the stack config section:endpoint and section:token",
    },
    unreachable: {
        status: 0,
        title: "The endpoint does not answer",
        remedy: "Check SECTION_ENDPOINT and the network, then run again",
    },
    "no-platform": {
        status: 0,
        title: "The endpoint is no Section platform",
        remedy: "Set SECTION_ENDPOINT or section:endpoint to the root of one, such as https://aperture.section.io",
    },
    unsupported: {
        status: 0,
        title: "The endpoint cannot do this",
        remedy: "Use an endpoint with the named extension, or do without",
    },
    "live-protected": {
        status: 0,
        title: "The thing is live",
        remedy: "To keep it, put it back into the program, or give its new name an alias. To delete it, move its DNS away first; the stack config section:allowLiveDelete, or SECTION_ALLOW_LIVE_DELETE=true for one command, deletes it although visitors use it",
    },
    "unseen-members": {
        status: 0,
        title: "The up would remove people whom no preview has shown",
        remedy: "Run it again: now that the organization is known, the preview shows who would be removed",
    },
    "organization-unseen": {
        status: 0,
        title: "An organization of the state cannot be seen",
        remedy: "Use a token of one of its members; if it was deleted, remove it from the state with pulumi state delete URN --target-dependents",
    },
    "another-thing": {
        status: 0,
        title: "The id belongs to something else",
        remedy: "If somebody changed it by hand, run pulumi refresh; otherwise check SECTION_ENDPOINT: on another platform the same id belongs to another thing",
    },
    "takes-over": {
        status: 0,
        title: "Something that exists would change and is not ours",
        remedy: "To take it over, write adopt: true on the resource, or name the resource in the stack config section:adopt; to use it only, look it up with get",
    },
    "another-platform": {
        status: 0,
        title: "The state is of another platform",
        remedy: "Set SECTION_ENDPOINT or section:endpoint to the platform of this stack; nothing was asked or changed here",
    },
    "plan-moved": {
        status: 0,
        title: "Something moved since it was reviewed",
        remedy: "Plan again, review what is different and apply that",
    },
    stopped: {
        status: 0,
        title: "The operation was stopped",
        remedy: "Nothing is lost: run the same again, which goes on from there",
    },
    "too-many-deletes": {
        status: 0,
        title: "More would be deleted at once than is allowed",
        remedy: "To keep one, put it back into the program, or give its new name an alias; to delete all that are named, set a larger SECTION_MAX_DELETES for one command",
    },
} as const satisfies Record<string, ProblemEntry>;
