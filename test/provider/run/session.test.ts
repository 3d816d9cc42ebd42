import assert from "node:assert/strict";
import { openSession } from "../../../provider/run/session";

describe("a session", () => {
    it("shares one client per endpoint and token", () => {
        const settings = { endpoint: "https://a.example", token: "x", allowLiveDelete: false };
        assert.equal(openSession(settings).client, openSession({ ...settings, allowLiveDelete: true }).client);
        assert.notEqual(openSession(settings).client, openSession({ ...settings, token: "y" }).client);
    });
});
