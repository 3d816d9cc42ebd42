import assert from "node:assert/strict";
import { noObject, noteOnBranch, refuseCommand } from "../../../../platform/git/push/push-policy";

const oid = "a".repeat(40);
const rules = { environments: ["Production", "Staging"], imageExists: () => true };

describe("the rules of a push", () => {
    it("refuses other references, names that git would not like, and deleting an environment", () => {
        const refusal = (ref: string, after = oid) => refuseCommand({ ref, before: oid, after }, rules);
        assert.equal(refusal("refs/heads/feature"), undefined);
        assert.equal(refusal("refs/heads/feature", noObject), undefined);
        assert.equal(refusal("refs/tags/v1"), undefined);
        assert.match(refusal("refs/tags/-v1") ?? "", /the name of a tag may have letters/);
        assert.match(refusal("refs/notes/commits") ?? "", /only branches and tags/);
        assert.match(refusal("refs/heads/HEAD") ?? "", /a word of git/);
        assert.match(refusal("refs/heads/Staging", noObject) ?? "", /cannot be deleted by a push/);
    });

    it("says what becomes of a branch that is no environment", () => {
        assert.equal(noteOnBranch("Staging", rules), undefined);
        assert.match(noteOnBranch("feature", rules) ?? "", /kept and not deployed: no environment has this name/);
        assert.match(noteOnBranch("staging", rules) ?? "", /the environment is called Staging/);
    });
});
