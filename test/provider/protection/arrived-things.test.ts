import assert from "node:assert/strict";
import { Client } from "../../../client/client";
import { hasArrived, noteArrival } from "../../../provider/protection/arrived-things";

describe("arrivals", () => {
    it("are those of one endpoint and token", () => {
        const [one, other] = [
            new Client({ endpoint: "https://a.example", token: "x" }),
            new Client({ endpoint: "https://b.example", token: "x" }),
        ];
        noteArrival(one, "organization 1");
        assert.deepEqual(
            [hasArrived(one, "organization 1"), hasArrived(one, "organization 2"), hasArrived(other, "organization 1")],
            [true, false, false],
        );
    });
});
