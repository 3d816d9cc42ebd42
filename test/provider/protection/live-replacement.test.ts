import assert from "node:assert/strict";
import { refuseLiveReplacement } from "../../../provider/protection/live-replacement";
import { startSession } from "../../../provider/run/run";

describe("replacing what is live", () => {
    const settings = { endpoint: "https://a.example", token: "x", allowLiveDelete: false };
    const place = "1/2/Production/www.acme.example";

    it("is refused, said where it moves in one step, and silent where the settings allow it", () => {
        const told: string[] = [];
        const session = { ...startSession(settings), tell: (line: string) => void told.push(line) };
        assert.throws(() => refuseLiveReplacement(session, place, ["environment", "hostname"]), {
            code: "live-protected",
            message: /is live and changing environment and hostname would take it away and make it anew/,
        });
        assert.deepEqual(told, []);
        refuseLiveReplacement(session, place, ["environment"], true);
        assert.deepEqual(told, [
            `${place} is live and moves in one step: its visitors are served by the new environment from then on`,
        ]);
        const allowing = { ...session, settings: { ...settings, allowLiveDelete: true } };
        refuseLiveReplacement(allowing, place, ["environment"]);
        refuseLiveReplacement(allowing, place, ["environment"], true);
        assert.equal(told.length, 1);
    });
});
