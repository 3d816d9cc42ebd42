import { type PGlite, parse, protocol } from "@electric-sql/pglite";

type Message = Awaited<ReturnType<PGlite["execProtocolStream"]>>[number];

/** A statement that the database has read already. */
interface Prepared {
    name: string;
    /** The types of its parameters, as the database numbers them. */
    types: number[];
    /** The database's words for its columns, as they come before rows. None if it has no rows. */
    columns: Message[];
}

/** Statements of the database's definition: what was prepared before one may answer something else after it. */
const definition = /^\s*(create|alter|drop)\b/i;

const mostStatements = 500;

const isComplete = ({ name }: Message) => name === "commandComplete";

const { serialize } = protocol;
const [execute, sync] = [serialize.execute(), serialize.sync()];
/** Begins a transaction, by a statement without a name, which takes no place among those that are kept. */
const begin = [serialize.parse({ text: "begin" }), serialize.bind(), execute];

/**
 * Runs statements in one pass of PGlite's protocol each. The database reads every text only once: reading takes longer
 * than most statements, and PGlite's own `query` does it every time, in six passes.
 */
export class PreparedStatements {
    readonly #prepared = new Map<string, Prepared>();
    #count = 0;
    /** A transaction was begun; the database learns of it with the first statement. */
    #isBeginning = false;

    constructor(private readonly pglite: PGlite) {}

    async run(text: string, parameters: readonly unknown[]) {
        if (text === "begin" || (this.#isBeginning && /^(commit|rollback)$/.test(text))) {
            this.#isBeginning = text === "begin";
            return { rows: [], affectedRows: undefined };
        }
        const { name, types, columns } = this.#prepared.get(text) ?? (await this.#prepare(text));
        const values = parameters.map((value, index) => this.#toText(value, types[index] as number));
        const isFirst = this.#isBeginning;
        this.#isBeginning = false;
        const work = [serialize.bind({ statement: name, values }), execute];
        const received = await this.#pass(...(isFirst ? begin : []), ...work);
        const messages = isFirst ? received.slice(received.findIndex(isComplete) + 1) : received;
        if (definition.test(text)) await this.#forget([...this.#prepared.keys()]);
        const [result] = parse.parseResults([...columns, ...messages], this.pglite.parsers);
        return { rows: result?.rows ?? [], affectedRows: result?.affectedRows };
    }

    async #prepare(text: string): Promise<Prepared> {
        this.#count += 1;
        const name = `s${this.#count}`;
        const messages = await this.#pass(serialize.parse({ name, text }), serialize.describe({ type: "S", name }));
        const prepared = {
            name,
            types: parse.parseDescribeStatementResults(messages),
            columns: messages.filter((message) => message.name === "rowDescription"),
        };
        const [oldest] = this.#prepared.keys();
        if (this.#prepared.size >= mostStatements && oldest !== undefined) await this.#forget([oldest]);
        this.#prepared.set(text, prepared);
        return prepared;
    }

    async #forget(texts: readonly string[]): Promise<void> {
        const closing = texts.map((text) => {
            const { name } = this.#prepared.get(text) as Prepared;
            this.#prepared.delete(text);
            return serialize.close({ type: "S", name });
        });
        await this.#pass(...closing);
    }

    #toText(value: unknown, type: number): string | null {
        if (value === null || value === undefined) return null;
        return this.pglite.serializers[type]?.(value) ?? String(value);
    }

    /**
     * Sends messages and the end of a pass: after a mistake the database is ready again. `syncToFs` is for file systems
     * that PGlite keeps in memory; in a folder it does nothing, but takes turns to do so.
     */
    async #pass(...messages: readonly Uint8Array[]) {
        return this.pglite.execProtocolStream(Buffer.concat([...messages, sync]), { syncToFs: false });
    }
}
