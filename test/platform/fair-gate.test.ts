import assert from "node:assert/strict";
import { FairGate } from "../../platform/fair-gate";

const mallory = ["organization 1", "user 1"];
const olga = ["organization 2", "user 2"];

/** Enters again and again without leaving; notes who came in. */
function crowd(gate: FairGate) {
    const inside: string[] = [];
    const leave = new Map<string, () => void>();
    const enter = (name: string, groups: string[], signal?: AbortSignal) =>
        gate.enter(groups, signal).then((end) => {
            inside.push(name);
            leave.set(name, end);
        });
    return { inside, enter, leave: (name: string) => leave.get(name)?.() };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe("a fair gate", () => {
    it("leaves a place for others, whatever one user or one organization holds", async () => {
        const { inside, enter } = crowd(new FairGate({ what: "tasks", atOnce: 4 }));
        for (let index = 0; index < 10; index += 1) void enter("mallory", mallory);
        void enter("colleague", ["organization 1", "user 3"]);
        void enter("in another organization", ["organization 9", "user 1"]);
        await settle();
        assert.deepEqual(inside, ["mallory", "mallory", "mallory"]);
        void enter("olga", olga);
        await settle();
        assert.equal(inside.at(-1), "olga");
    });

    it("gives the next turn to whom has the fewest, then to whom came first", async () => {
        const { inside, enter, leave } = crowd(new FairGate({ what: "tasks", atOnce: 3, shares: [3, 3] }));
        void enter("m1", mallory);
        void enter("m2", mallory);
        void enter("o1", olga);
        for (const name of ["m3", "m4"]) void enter(name, mallory);
        void enter("o2", olga);
        void enter("new", ["organization 5", "user 5"]);
        await settle();
        leave("m1");
        leave("m1");
        await settle();
        assert.equal(inside.at(-1), "new", "leaving twice frees one place");
        leave("m2");
        await settle();
        assert.equal(inside.at(-1), "m3");
        leave("o1");
        await settle();
        assert.equal(inside.at(-1), "o2");
    });

    it("turns away who has too many waiting, in words of his own, and still takes others", async () => {
        const { enter } = crowd(new FairGate({ what: "tasks", atOnce: 2, waiting: 10, waitingShares: [5, 2] }));
        for (let index = 0; index < 3; index += 1) void enter("mallory", mallory);
        await assert.rejects(enter("mallory", mallory), {
            code: "overloaded",
            retryAfterSeconds: 5,
            message: "user 1 has 1 tasks under way and 2 that wait. Wait until some have ended.",
        });
        await enter("olga", olga);
    });

    it("forgets who leaves while waiting", async () => {
        const gate = new FairGate({ what: "tasks", atOnce: 1 });
        const { enter, inside, leave } = crowd(gate);
        await enter("first", mallory);
        const controller = new AbortController();
        const second = enter("second", mallory, controller.signal);
        void enter("third", mallory);
        controller.abort(new Error("left"));
        await assert.rejects(second, /left/);
        leave("first");
        await settle();
        assert.deepEqual([inside, gate.load], [["first", "third"], { running: 1, waiting: 0 }]);
        await assert.rejects(enter("late", olga, controller.signal), /left/);
    });
});
