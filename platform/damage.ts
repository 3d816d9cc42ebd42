import { isProblem, Problem } from "section-model";

/** A file does not have the content that was written there: of a repository, or of the database. */
export class Damage extends Error {
    override readonly name: string = "Damage";
}

/**
 * The problem of a damaged file. `detail` names the place, for the log and for commands; clients hear only that there is
 * damage.
 */
export function damageProblem(detail: string, cause: Damage): Problem {
    return new Problem("internal", detail, {
        remedy: "Run section-platform check; docs/operating.md says how to repair what it names",
        cause,
    });
}

/** True for a failure that comes of damage. */
export function tellsDamage(error: unknown): error is Problem {
    return isProblem(error) && error.cause instanceof Damage;
}
