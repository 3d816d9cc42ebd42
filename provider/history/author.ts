import type { ChangeRecord, Commit } from "section-client";
import { printableLine } from "../run/printable-text";

/** The person who made the last change, and its source. */
export interface Author {
    /** Name and address, or the operator's command. */
    who: string;
    /** A moment in ISO 8601. */
    at: string;
    commit?: { id: string; subject: string };
    /** The `Aperture-Tx-Id` of the request. */
    request?: string;
    /** Words for the change, when the new value alone does not tell it. */
    deed?: string;
}

const shortId = 10;

export function authorOfChange({ who, at, requestId }: ChangeRecord, deed?: string): Author {
    return { who, at, ...(requestId && { request: requestId }), ...(deed && { deed }) };
}

export function authorOfCommit({ id, name, email, date, subject }: Omit<Commit, "files">): Author {
    return { who: `${name} <${email}>`, at: date, commit: { id, subject } };
}

/** `2026-11-25 03:51:54 UTC`. */
export function sayMoment(at: string): string {
    return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** `Jane <jane@agency.example>, 2026-11-25 03:51:54 UTC, commit 1a2b3c4d5e "subject"`, or `somebody`. */
export function sayAuthor(author: Author | undefined): string {
    if (author === undefined) return "somebody";
    const { who, at, commit, request } = author;
    const source =
        commit === undefined
            ? request && `request ${request}`
            : `commit ${commit.id.slice(0, shortId)} ${JSON.stringify(commit.subject)}`;
    return printableLine([who, sayMoment(at), source].filter(Boolean).join(", "));
}
