import type { CompiledQuery, DatabaseConnection, Dialect } from "kysely";
import { isProblem, Problem } from "section-model";
import { Damage, damageProblem } from "../damage";
import { machineFailureIn } from "../machine-failure";
import { DatabaseCrash } from "./pglite-crash";

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

/** A file of the database does not have its content, an index does not fit its table, or a file is gone. */
const damage = /^(XX00[12]|58P01)$/;

const overloaded = (detail: string, cause: unknown, retryAfterSeconds: number) =>
    new Problem("overloaded", detail, { retryAfterSeconds, cause });

/** The one translation of a database's errors, except the violated rules that services ask about. */
export function translateDatabaseFailure(error: unknown): unknown {
    if (error instanceof DatabaseCrash)
        return machineFailureIn(error.message) ?? overloaded("the database has crashed, and is opened again", error, 2);
    const code = (error as DatabaseError).code ?? "";
    if (damage.test(code)) {
        const { message } = error as Error;
        return damageProblem(`the database is damaged: ${message}`, new Damage(message, { cause: error }));
    }
    if (code === "58030") return overloaded("the disk of the database fails", error, 60);
    // 25006: of a server that stands by until another one fails
    if (code === "42501" || code === "25006") return overloaded("the database takes no changes now", error, 60);
    if (code === "53100") return overloaded("the database has no space on its disk", error, 60);
    if (/^(08|57P|53)/.test(code) || ["ECONNREFUSED", "ECONNRESET", "ETIMEDOUT"].includes(code)) {
        return overloaded("the database does not answer", error, 5);
    }
    if (code === "22003") return new Problem("invalid-input", "a number is out of range", { cause: error });
    if (code === "22021" || code === "22P05")
        return new Problem("invalid-input", "a text has a character that cannot be stored", { cause: error });
    return error;
}

/** A state as SQL numbers them. A failure without one did not come from the database, but from the connection to it. */
const sqlState = /^[0-9A-Z]{5}$/;

function translateOnTheWay(error: unknown): unknown {
    if (isProblem(error)) return error;
    const translated = translateDatabaseFailure(error);
    if (translated !== error || sqlState.test((error as DatabaseError).code ?? "")) return translated;
    if (error instanceof TypeError || error instanceof RangeError) return error; // a mistake of ours
    return overloaded("the database does not answer", error, 5);
}

const rethrow = (error: unknown) => Promise.reject(translateOnTheWay(error));

/**
 * A dialect whose failures are translated wherever they happen: on connecting, in a statement, at the end of a
 * transaction.
 */
export function translating(dialect: Dialect): Dialect {
    const wrapped = new WeakSet<DatabaseConnection>();
    return {
        createAdapter: () => dialect.createAdapter(),
        createIntrospector: (database) => dialect.createIntrospector(database),
        createQueryCompiler: () => dialect.createQueryCompiler(),
        createDriver: () => {
            const driver = dialect.createDriver();
            const acquire = driver.acquireConnection.bind(driver);
            driver.acquireConnection = async () => {
                const connection = await acquire().catch(rethrow);
                if (wrapped.has(connection)) return connection;
                wrapped.add(connection);
                const execute = connection.executeQuery.bind(connection);
                connection.executeQuery = ((query: CompiledQuery) =>
                    execute(query).catch(rethrow)) as typeof connection.executeQuery;
                return connection;
            };
            return driver;
        },
    };
}
