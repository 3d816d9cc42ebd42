import assert from "node:assert/strict";
import { sql } from "kysely";
import { hasCome } from "../../../platform/store/has-come";
import { onEveryStore } from "../../support/stores";

onEveryStore("a time that has come", (store) => {
    it("is past, or further ahead than anybody sets one", async () => {
        const now = new Date("2026-01-01T10:00:00Z");
        const furthest = new Date("2026-01-01T10:00:10Z");
        const answers: [string, boolean][] = [
            ["2026-01-01T09:59:59Z", true],
            ["2026-01-01T10:00:00Z", true],
            ["2026-01-01T10:00:05Z", false],
            ["2026-01-01T10:01:10Z", false],
            ["2026-01-01T10:01:11Z", true],
        ];
        for (const [at, expected] of answers) {
            const { rows } = await sql<{ answer: boolean }>`
                select ${hasCome("at", now, furthest)} as answer from (select ${at}::timestamptz as at) as times`.execute(
                store().database,
            );
            assert.equal(rows[0]?.answer, expected, at);
        }
    });
});
