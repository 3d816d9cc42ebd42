import assert from "node:assert/strict";
import { readClaim } from "../../../provider/protection/read-claim";
import { noteRememberedClaim, returnClaim } from "../../../provider/protection/return-claim";
import { startOperation } from "../../support/operation";
import { openTestSession } from "../../support/provider";
import { fresh } from "../../support/stores";

describe("a thing whose claim went to a declaration that leaves", () => {
    it("goes back to the declaration that stays, unless somebody else has it by now", async () => {
        const made = await (await startOperation())("organization").create({ name: fresh("Returned ") }, "acme");
        const session = await openTestSession();
        const holder = async () => (await readClaim(session, "organization", made.id))?.own?.resource;
        const give = (leaving: unknown) => returnClaim(session, "organization", made.id, leaving);
        await give(made.outs.__claim);
        assert.equal(await holder(), "acme", "nothing else declares it");
        const staying = { id: "0123456789abcdef", project: "agency", stack: "tests", resource: "acme2" };
        noteRememberedClaim(session.memory, `organization ${made.id}`, staying);
        for (const other of ["", undefined, "fedcba9876543210"]) await give(other);
        assert.equal(await holder(), "acme", "its claim is another one");
        await give(made.outs.__claim);
        assert.equal(await holder(), "acme2");
    });
});
