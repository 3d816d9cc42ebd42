import assert from "node:assert/strict";
import { openLog } from "../../platform/log";

describe("the platform's log", () => {
    it("shows what the settings ask for", () => {
        assert.equal(openLog({ logLevel: "warn" }).isLevelEnabled("info"), false);
        assert.equal(openLog({ logLevel: "debug" }).isLevelEnabled("info"), true);
    });
});
