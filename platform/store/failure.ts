import { Problem } from "section-model";

interface DatabaseError {
    code?: string;
    constraint?: string;
}

/** True when a statement failed because a name is taken: `constraint` says which. */
export function isTaken(error: unknown, constraint: string): boolean {
    const { code, constraint: violated } = error as DatabaseError;
    return code === "23505" && violated === constraint;
}

/** True when something else still refers to the row. */
export function isReferred(error: unknown): boolean {
    return (error as DatabaseError).code === "23503";
}

/** The one translation of what a database can answer, beyond the rules that services ask about. */
export function translateDatabaseFailure(error: unknown): unknown {
    const code = (error as DatabaseError).code ?? "";
    if (/^(08|57P|53)/.test(code) || ["ECONNREFUSED", "ECONNRESET", "ETIMEDOUT"].includes(code)) {
        return new Problem("overloaded", "the database does not answer", { retryAfterSeconds: 5, cause: error });
    }
    if (code === "22003") return new Problem("invalid-input", "a number is out of range", { cause: error });
    if (code === "22021" || code === "22P05") return new Problem("invalid-input", "a text has a character that cannot be stored", { cause: error });
    return error;
}
