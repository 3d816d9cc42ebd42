import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { adviseOnHostname, onceMade } from "../../../provider/resources/once-made";

describe("what follows from the outputs of a resource", () => {
    it("is unknown before it is made, whatever asks for it", async () => {
        assert.equal(
            adviseOnHostname("www.acme.example", "www.acme.example.edge.example").value,
            "www.acme.example.edge.example",
        );
        assert.equal(pulumi.isUnknown(adviseOnHostname("www.acme.example", undefined)), true);
        assert.deepEqual(
            [onceMade("a", (text) => `${text}b`), pulumi.isUnknown(onceMade(undefined, String))],
            ["ab", true],
        );
    });
});
