import { PreparedStatements } from "../../platform/store/prepared-statements";

interface Plan {
    "Actual Rows": number;
    "Actual Loops": number;
    "Rows Removed by Filter"?: number;
    "Rows Removed by Join Filter"?: number;
    "Rows Removed by Index Recheck"?: number;
    Plans?: Plan[];
}

/** The rows that a plan took from tables and indexes, kept or not. */
function countRows({ Plans: below = [], ...plan }: Plan): number {
    const removed =
        (plan["Rows Removed by Filter"] ?? 0) +
        (plan["Rows Removed by Join Filter"] ?? 0) +
        (plan["Rows Removed by Index Recheck"] ?? 0);
    const own = (below.length === 0 ? plan["Actual Rows"] : 0) + removed;
    return own * plan["Actual Loops"] + below.map(countRows).reduce((sum, rows) => sum + rows, 0);
}

function asLiteral(value: unknown): string {
    if (value === null || value === undefined) return "null";
    if (typeof value === "number" || typeof value === "boolean") return String(value);
    const text =
        value instanceof Date ? value.toISOString() : typeof value === "string" ? value : JSON.stringify(value);
    return `'${text.replaceAll("'", "''")}'`;
}

/**
 * Counts the rows that each query of the embedded databases of this process reads while `work` runs. Each is run again
 * just before, prepared and with the plan for any parameters, as the platform runs it.
 *
 * @returns the texts of the queries, with their rows
 */
export async function countReadRows(work: () => Promise<unknown>): Promise<Map<string, number>> {
    const rows = new Map<string, number>();
    const { run } = PreparedStatements.prototype;
    PreparedStatements.prototype.run = async function (this: PreparedStatements, text, parameters) {
        if (/^select\b/i.test(text)) {
            const values = parameters.length > 0 ? `(${parameters.map(asLiteral).join(", ")})` : "";
            await run.call(this, "set plan_cache_mode = force_generic_plan", []);
            await run.call(this, `prepare counted as ${text}`, []);
            const explained = await run.call(this, `explain (analyze, format json) execute counted${values}`, []);
            await run.call(this, "deallocate counted", []);
            await run.call(this, "reset plan_cache_mode", []);
            const [{ Plan: plan }] = (explained.rows[0] as { "QUERY PLAN": [{ Plan: Plan }] })["QUERY PLAN"];
            rows.set(text, (rows.get(text) ?? 0) + countRows(plan));
        }
        return run.call(this, text, parameters);
    };
    try {
        await work();
    } finally {
        PreparedStatements.prototype.run = run;
    }
    return rows;
}
