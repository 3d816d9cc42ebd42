import assert from "node:assert/strict";
import { startOperation } from "../../support/operation";

describe("foreseeing what a declaration takes over", () => {
    const origin = "192.0.2.1";
    let organization: string;
    before(async () => {
        ({ id: organization } = await (await startOperation())("organization").create({ name: "Foreseen" }, "org"));
    });

    it("tells a reviewer of a change that takes another stack's thing by consent, and of no other", async () => {
        const declared = { organization, hostname: "foreseen.acme.example", origin };
        const theirs = await startOperation();
        await theirs("application").create(declared, { resource: "www", stack: "copy" });
        const start = await startOperation();
        const preview = (claimant: object) =>
            start("application").preview(
                declared,
                { ...declared, origin: "192.0.2.9" },
                { resource: "www", ...claimant },
            );
        assert.deepEqual((await preview({ adopt: true })).__takesOver, { from: "agency/copy www", changes: [] });
        assert.equal((await preview({})).__takesOver, undefined, "without consent it is refused later");
        assert.equal((await preview({ adopt: true, stack: "copy" })).__takesOver, undefined, "nothing is taken");
    });
});
