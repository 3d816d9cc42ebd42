import assert from "node:assert/strict";
import { Slot } from "../../../provider/run/memory";
import { Run, startSession } from "../../../provider/run/run";

const settings = { endpoint: "https://a.example", token: "x", allowLiveDelete: false };
const things = new Slot(() => new Set<string>());

describe("a run", () => {
    it("shares one client per endpoint and token", () => {
        const run = new Run();
        const { client } = run.openSession(settings);
        assert.equal(client, run.openSession({ ...settings, allowLiveDelete: true }).client);
        assert.notEqual(client, run.openSession({ ...settings, token: "y" }).client);
        assert.notEqual(client, run.openSession({ ...settings, endpoint: "https://b.example" }).client);
    });

    it("remembers the same in all its sessions, also after the token was renewed, and nothing of another run", () => {
        const run = new Run();
        run.openSession(settings).memory.of(things).add("seen");
        assert.deepEqual([...run.openSession({ ...settings, token: "renewed" }).memory.of(things)], ["seen"]);
        assert.deepEqual([...run.memory.of(things)], ["seen"]);
        assert.deepEqual([...new Run().openSession(settings).memory.of(things)], []);
    });

    it("is each session's own where that was started alone", () => {
        const [one, other] = [startSession(settings), startSession(settings)];
        assert.notEqual(one.client, other.client);
        one.memory.of(things).add("seen");
        assert.equal(other.memory.of(things).size, 0);
    });
});
