import assert from "node:assert/strict";
import { isOfStack, sayClaim } from "../../../provider/protection/claim-words";

const claim = { id: "0123456789abcdef", project: "agency", stack: "prod", resource: "www", claimedAt: "2026-11-29" };

describe("the words of a claim", () => {
    it("name project, stack and resource, or nobody", () => {
        assert.equal(sayClaim(claim), "agency/prod www");
        assert.equal(sayClaim(undefined), "nobody");
    });

    it("are of one stack when project and stack are the same, whatever the resource", () => {
        assert.ok(isOfStack(claim, { project: "agency", stack: "prod" }));
        assert.ok(!isOfStack(claim, { project: "agency", stack: "test" }));
        assert.ok(!isOfStack(claim, { project: "shop", stack: "prod" }));
    });
});
