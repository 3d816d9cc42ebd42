import assert from "node:assert/strict";
import { Socket } from "node:net";
import { type Connection, WaitingConnections } from "../../../platform/http/waiting-connections";

const make = (isNew: boolean): Connection => ({
    socket: new Socket(),
    network: "192.0.2.1",
    isNew,
    underWay: 0,
    heardBytes: 0,
});

describe("connections that are waited for", () => {
    it("are of two kinds; the first of the kind that is more numerous has been waited for longest", () => {
        const waiting = new WaitingConnections();
        assert.equal(waiting.longest(), undefined);
        const [kept, other, ...crowd] = [make(false), make(false), make(true), make(true), make(true)];
        for (const each of [kept, crowd[0], crowd[1], other, crowd[2]]) waiting.add(each as Connection);
        assert.deepEqual([waiting.size, waiting.longest() === crowd[0]], [5, true]);
        waiting.delete(crowd[0] as Connection);
        assert.ok(waiting.longest() === crowd[1], "as many of both kinds: it has shown nothing yet");
        waiting.delete(crowd[1] as Connection);
        assert.ok(waiting.longest() === kept);
    });
});
