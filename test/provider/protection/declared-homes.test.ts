import assert from "node:assert/strict";
import { findHome, noteHome } from "../../../provider/protection/declared-homes";
import { Memory } from "../../../provider/run/memory";

describe("the homes of hostnames", () => {
    it("are those that this operation declares last", () => {
        const memory = new Memory();
        assert.equal(findHome(memory, "www.acme.example"), undefined);
        noteHome(memory, "www.acme.example", { environment: "1/7/Production" });
        noteHome(memory, "www.acme.example", { environment: "1/7/Staging" });
        assert.deepEqual(findHome(memory, "www.acme.example"), { environment: "1/7/Staging" });
        assert.equal(findHome(new Memory(), "www.acme.example"), undefined, "another run");
    });
});
