import { formatPropertyPath, isProblem } from "section-model";
import { printableLine } from "../run/printable-text";
import type { Properties } from "../run/properties";
import type { Session } from "../run/session";
import { askLog } from "./account-log";
import { type Author, sayAuthor } from "./author";
import { askHistory } from "./content-history";
import { type Difference, leavesOf } from "./difference";

/** An object that differs from the state. */
export interface Drifted {
    kind: string;
    id: string;
    /** The outputs in the state. */
    known: Properties;
    /** Missing when the object is gone. */
    differences?: Difference[];
}

/** Properties whose values ids and addresses show anyway. Any other value may be a secret: a refresh cannot know. */
const plainKeys = new Set(["name", "role", "hostname", "environment"]);

/** A failed search for an author must not hide the drift itself. */
async function unlessUntold<T>(asked: Promise<T>, untold: T): Promise<T> {
    return asked.catch((error) => {
        if (isProblem(error)) return untold;
        throw error;
    });
}

/** The authors of the differences, in the same order; for a missing object, the person who removed it. */
export async function findAuthors(
    session: Session,
    { kind, id, known, differences }: Drifted,
): Promise<(Author | undefined)[]> {
    if (differences === undefined) return [await unlessUntold(askLog(session, kind, { id, known }), undefined)];
    const content = kind === "environment" ? differences.filter(({ key }) => key !== "hostname") : [];
    const committed = content.length === 0 ? [] : await unlessUntold(askHistory(session, known, content), []);
    return Promise.all(
        differences.map(async (difference) => {
            const index = content.indexOf(difference);
            return index === -1
                ? unlessUntold(askLog(session, kind, { id, known, difference }), undefined)
                : committed[index];
        }),
    );
}

function sayChange(difference: Difference): string {
    const { key, from, to } = difference;
    if (plainKeys.has(key)) return `${key} was changed from ${from ?? "nothing"} to ${to ?? "nothing"}`;
    const verb = from === undefined ? "added" : to === undefined ? "removed" : "changed";
    return `${leavesOf(difference)
        .map(({ path }) => formatPropertyPath(path))
        .join(", ")} was ${verb}`;
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
