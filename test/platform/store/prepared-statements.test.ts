import assert from "node:assert/strict";
import { PGlite } from "@electric-sql/pglite";
import { PreparedStatements } from "../../../platform/store/prepared-statements";

describe("prepared statements of PGlite", () => {
    let pglite: PGlite;
    let statements: PreparedStatements;
    before(async function () {
        this.timeout(60_000);
        pglite = await PGlite.create();
        statements = new PreparedStatements(pglite);
        await statements.run("create table things (id serial primary key, name text, facts jsonb, at timestamptz)", []);
    });
    after(() => pglite.close());

    const prepared = async () =>
        (await pglite.query<{ statement: string }>("select statement from pg_prepared_statements")).rows.map(
            ({ statement }) => statement,
        );

    it("carry values of any type, and say how many rows changed", async () => {
        const insert = "insert into things (name, facts, at) values ($1, $2, $3) returning *";
        const at = new Date("2026-11-29T06:00:00Z");
        for (const name of ["x", "it's \\ ü", null]) {
            const { rows, affectedRows } = await statements.run(insert, [name, { list: [1, true] }, at]);
            assert.equal(affectedRows, 1);
            const [{ id: _, ...row }] = rows as [Record<string, unknown>];
            assert.deepEqual(row, { name, facts: { list: [1, true] }, at });
        }
        const { affectedRows } = await statements.run("update things set name = $1 where id > $2", ["y", 1]);
        assert.equal(affectedRows, 2);
        assert.equal((await prepared()).filter((text) => text === insert).length, 1, "each text is read once");
    });

    it("go on after a mistake, also inside a transaction that it ended", async () => {
        await assert.rejects(statements.run("select nothing from things", []), { code: "42703" });
        const one = "insert into things (id, name) values ($1, $2)";
        await statements.run("begin", []);
        await assert.rejects(statements.run(one, [1, "twice"]), { code: "23505", constraint: "things_pkey" });
        await assert.rejects(statements.run(one, [90, "after it"]), { code: "25P02" });
        await statements.run("rollback", []);
        await statements.run(one, [91, "later"]);
        const { rows } = await statements.run("select id from things where id > $1", [50]);
        assert.deepEqual(rows, [{ id: 91 }]);
    });

    it("begin a transaction with the oldest of as many statements as are kept", async () => {
        const own = await PGlite.create();
        const full = new PreparedStatements(own);
        for (let index = 0; index < 500; index += 1) await full.run(`select ${index} as n`, []);
        await full.run("begin", []);
        assert.deepEqual((await full.run("select 0 as n", [])).rows, [{ n: 0 }]);
        await full.run("rollback", []);
        await own.close();
    }).timeout(60_000);

    it("begin a transaction with its first statement, and nothing for one without a statement", async () => {
        const count = async () => (await statements.run("select id from things where name = $1", ["t"])).rows.length;
        const insert = "insert into things (name) values ($1) returning name";
        for (const [end, left] of [
            ["rollback", 0],
            ["commit", 1],
        ] as const) {
            await statements.run("begin", []);
            assert.deepEqual((await statements.run(insert, ["t"])).rows, [{ name: "t" }]);
            await statements.run(end, []);
            assert.equal(await count(), left, end);
            await statements.run("begin", []);
            await statements.run(end, []);
            await statements.run(insert, ["outside"]);
            await statements.run("begin", []);
            await assert.rejects(statements.run("select nothing from things", []), { code: "42703" });
            await statements.run("rollback", []);
            await statements.run(insert, ["outside"]);
        }
        const { rows } = await statements.run("select id from things where name = $1", ["outside"]);
        assert.equal(rows.length, 4);
    });

    it("are read anew after the table has changed", async () => {
        const all = "select * from things where id = $1";
        await statements.run(all, [91]);
        await statements.run("alter table things add column more text default 'm'", []);
        const { rows } = await statements.run(all, [91]);
        assert.equal((rows[0] as { more: string }).more, "m");
    });

    it("are forgotten before they are too many", async () => {
        for (let index = 0; index < 600; index += 1) {
            const { rows } = await statements.run(`select ${index} as n`, []);
            assert.deepEqual(rows, [{ n: index }]);
        }
        assert.ok((await prepared()).length <= 500);
        assert.deepEqual((await statements.run("select 0 as n", [])).rows, [{ n: 0 }]);
    });
});
