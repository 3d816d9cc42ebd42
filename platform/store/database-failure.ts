import type { CompiledQuery, DatabaseConnection, Dialect } from "kysely";
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

/** The one translation of a database's errors, except the violated rules that services ask about. */
export function translateDatabaseFailure(error: unknown): unknown {
    const code = (error as DatabaseError).code ?? "";
    if (code === "53100")
        return new Problem("overloaded", "the database has no space on its disk", {
            retryAfterSeconds: 60,
            cause: error,
        });
    if (/^(08|57P|53)/.test(code) || ["ECONNREFUSED", "ECONNRESET", "ETIMEDOUT"].includes(code)) {
        return new Problem("overloaded", "the database does not answer", { retryAfterSeconds: 5, cause: error });
    }
    if (code === "22003") return new Problem("invalid-input", "a number is out of range", { cause: error });
    if (code === "22021" || code === "22P05")
        return new Problem("invalid-input", "a text has a character that cannot be stored", { cause: error });
    return error;
}

/** A state as SQL numbers them. A failure without one did not come from the database, but from the connection to it. */
const sqlState = /^[0-9A-Z]{5}$/;

function translateOnTheWay(error: unknown): unknown {
    const translated = translateDatabaseFailure(error);
    if (translated !== error || sqlState.test((error as DatabaseError).code ?? "")) return translated;
    if (error instanceof TypeError || error instanceof RangeError) return error; // a mistake of ours
    return new Problem("overloaded", "the database does not answer", { retryAfterSeconds: 5, cause: error });
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
