import { formatPropertyPath } from "section-model";
import { printableLine } from "../run/printable-text";
import type { Session } from "../run/session";
import { sayAuthor } from "./author";
import { type Difference, leavesOf } from "./difference";
import { type Drifted, findAuthors } from "./find-authors";

/** Properties whose values ids and addresses show anyway. Any other value may be a secret: a refresh cannot know. */
const plainKeys = new Set(["name", "role", "hostname", "environment"]);

function sayChange(difference: Difference): string {
    const { key, from, to } = difference;
    if (plainKeys.has(key)) return `${key} was changed from ${from ?? "nothing"} to ${to ?? "nothing"}`;
    const verb = from === undefined ? "added" : to === undefined ? "removed" : "changed";
    return `${leavesOf(difference)
        .map(({ path }) => formatPropertyPath(path))
        .join(", ")} was ${verb}`;
}

/** A change that an adoption would make, without values that may be secret. */
export function sayForeseen(difference: Difference): string {
    const { key, from, to } = difference;
    if (plainKeys.has(key)) return `${key}: ${from ?? "nothing"} -> ${to ?? "nothing"}`;
    const verb = from === undefined ? "is added" : to === undefined ? "is removed" : "changes";
    return leavesOf(difference)
        .map(({ path }) => `${formatPropertyPath(path)} ${verb}`)
        .join(", ");
}

/** One line for each difference, without values that may be secret. */
export async function sayDrift(session: Session, drifted: Drifted): Promise<string[]> {
    const { kind, id, differences } = drifted;
    const authors = await findAuthors(session, drifted);
    const subject = `${kind} ${id}`;
    const lines =
        differences === undefined
            ? [`${subject} is gone: ${authors[0]?.deed ?? "removed"} by ${sayAuthor(authors[0])}`]
            : differences.map(
                  (difference, index) => `${subject}: ${sayChange(difference)} by ${sayAuthor(authors[index])}`,
              );
    return lines.map(printableLine);
}
