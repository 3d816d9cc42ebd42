import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { isProblem } from "section-model";
import { lastWords } from "../../../platform/store/pglite-crash";
import { openStore } from "../../../platform/store/store";
import { withSmallDisk } from "../../proof/machine/disk";
import { seedDatabase } from "../../support/seed";

const countFiles = async () => (await readdir("/proc/self/fd")).length;

describe("an embedded database that crashes", () => {
    it("because its log finds no room is refused for with words, and opened again with all that was committed", async function () {
        this.timeout(120_000);
        const missing = await withSmallDisk(120, async (disk) => {
            await seedDatabase(disk.folder);
            const { database, transact, close } = await openStore({ dataDir: disk.folder });
            // rows that are changed in their places: the log grows, the tables do not
            await sql`create table notes (id int primary key, text text) with (fillfactor = 10)`.execute(database);
            await sql`insert into notes select n, repeat('ab', 350) from generate_series(1, 200) n`.execute(database);
            const change = (letter: string) => sql`update notes set text = ${letter.repeat(700)}`.execute(database);
            for (const letter of "abc") await change(letter);
            const files = await countFiles();
            await disk.fill(0);
            let [committed, problem] = ["c", undefined as unknown];
            for (let count = 0; problem === undefined; count += 1) {
                assert.ok(count < 500, "the log finds room for ever");
                const letter = String.fromCharCode(97 + (count % 26));
                problem = await change(letter).then(
                    () => undefined,
                    (error) => error,
                );
                if (problem === undefined) committed = letter;
            }
            assert.ok(isProblem(problem) && problem.code === "overloaded", String(problem));
            assert.equal(problem.detail, "there is no space on the disk");
            const broken = transact(async (transaction) => {
                await sql`select 1`.execute(transaction);
            });
            await assert.rejects(broken, (error) => isProblem(error) && error.code === "overloaded");
            await pause(2_500);
            await assert.rejects(
                sql`select 1`.execute(database),
                (error) => isProblem(error),
                "there is still no room",
            );
            assert.ok((await countFiles()) <= files, "its files are given back");
            await disk.empty();
            await pause(2_500);
            const { rows } = await sql<{ text: string }>`select distinct text from notes`.execute(database);
            assert.deepEqual(rows, [{ text: committed.repeat(700) }]);
            await change("z");
            await close();
        });
        if (missing === undefined) return;
        console.log(`      ${missing}`);
        this.skip();
    });

    it("tells its last words", () => {
        assert.equal(
            lastWords(["LOG:  x", "2026 UTC [42] PANIC:  could not write: No space", "LOG:  y"]),
            "could not write: No space",
        );
        assert.equal(lastWords(["LOG:  x"]), undefined);
    });
});
