import { isProblem } from "section-model";
import type { Properties } from "../run/properties";
import type { Session } from "../run/session";
import { askLog } from "./account-log";
import type { Author } from "./author";
import { askHistory } from "./content-history";
import type { Difference } from "./difference";

/** An object that differs from the state. */
export interface Drifted {
    kind: string;
    id: string;
    /** The outputs in the state. */
    known: Properties;
    /** Missing when the object is gone. */
    differences?: Difference[];
}

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
