import assert from "node:assert/strict";
import { plainWords, type Words } from "../../../cli/report/document";
import { listPeopleBlocks } from "../../../cli/review/people-blocks";
import type { PersonAccess } from "../../../cli/review/person-access";

const access = (email: string, count: number, role = "admin"): PersonAccess[] =>
    Array.from({ length: count }, (_, index) => ({
        email,
        client: { key: String(index), name: `Client ${index}` },
        after: { role },
        urns: [],
    }));
const rowsOf = (rows: readonly (readonly Words[])[]) => rows.map((cells) => cells.map(plainWords).join(", "));

describe("the people of a review", () => {
    it("have a row for each client, as long as they are few, or each of them is another", () => {
        const few = listPeopleBlocks(access("ada@x.example", 3));
        assert.equal(few.length, 1);
        assert.equal("rows" in few[0]! && rowsOf(few[0].rows)[2], "ada@x.example, Client 2, no access, admin");
        const others = Array.from({ length: 30 }, (_, index) => access(`p${index}@x.example`, 1)).flat();
        const each = listPeopleBlocks(others);
        assert.equal("rows" in each[0]! && each[0].rows.length, 30);
        assert.deepEqual(listPeopleBlocks([]), []);
    });

    it("have one row for the same at many clients, and all rows behind a line", () => {
        const [table, fold] = listPeopleBlocks([...access("ada@x.example", 30), ...access("bo@x.example", 2, "state")]);
        assert.deepEqual("rows" in table! && rowsOf(table.rows), [
            "ada@x.example, 30 clients, no access, admin",
            "bo@x.example, Client 0, Client 1, no access, state",
        ]);
        assert.ok("fold" in fold! && "rows" in fold.blocks[0]!);
        assert.equal(fold.blocks[0].rows.length, 32);
    });
});
