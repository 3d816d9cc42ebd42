import assert from "node:assert/strict";
import { Problem } from "section-model";
import { countDeletion } from "../../../provider/protection/count-deletions";
import { openTestSession } from "../../support/provider";

describe("what an operation deletes", () => {
    const nothing = async () => {};

    it("is as much as may go, each counted once; the refusal says first how to keep the rest", async () => {
        const session = await openTestSession({ maxDeletes: 1 });
        await countDeletion(session, "site a.example", nothing);
        await countDeletion(session, "site a.example", nothing);
        const deleted: string[] = [];
        const other = countDeletion(session, "organization B (2)", async () => void deleted.push("B"));
        await assert.rejects(
            other,
            /organization B \(2\) stays: this operation has deleted 1, and .* To keep it, put it back .* To delete it as well/,
        );
        assert.deepEqual(deleted, []);
        const free = await openTestSession();
        for (const thing of ["1", "2", "3"]) await countDeletion(free, thing, nothing);
    });

    it("does not count what stays after all, but what may be gone", async () => {
        const session = await openTestSession({ maxDeletes: 1 });
        const fail = (isUncertain: boolean) => async () => {
            throw new Problem("internal", "no", { isUncertain });
        };
        await assert.rejects(countDeletion(session, "a", fail(false)), /no/);
        await assert.rejects(countDeletion(session, "b", fail(true)), /no/);
        await assert.rejects(countDeletion(session, "c", nothing), /c stays/);
        await countDeletion(session, "b", nothing);
    });
});
