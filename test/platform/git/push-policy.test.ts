import assert from "node:assert/strict";
import { noObject, parsePushCommand, refuseCommand } from "../../../platform/git/push-policy";

const oid = "a".repeat(40);
const rules = { environments: ["Production", "Staging"], imageExists: () => true };

describe("the rules of a push", () => {
    it("reads a command with its capabilities", () => {
        assert.deepEqual(parsePushCommand(Buffer.from(`${noObject} ${oid} refs/heads/x\0 report-status side-band-64k\n`)), {
            command: { before: noObject, after: oid, ref: "refs/heads/x" },
            capabilities: ["report-status", "side-band-64k"],
        });
        assert.equal(parsePushCommand(Buffer.from("nonsense")), undefined);
    });

    it("refuses tags, names that git would not like, and deleting an environment", () => {
        const refusal = (ref: string, after = oid) => refuseCommand({ ref, before: oid, after }, rules);
        assert.equal(refusal("refs/heads/feature"), undefined);
        assert.equal(refusal("refs/heads/feature", noObject), undefined);
        assert.match(refusal("refs/tags/v1") ?? "", /only branches/);
        assert.match(refusal("refs/heads/HEAD") ?? "", /a word of git/);
        assert.match(refusal("refs/heads/Staging", noObject) ?? "", /cannot be deleted by a push/);
    });
});
