import assert from "node:assert/strict";
import { type Applicant, PasswordQueue } from "../../../platform/auth/password-queue";

const stranger = (lane: string): Applicant => ({ lane, isKnown: false });
const known = (lane: string): Applicant => ({ lane, isKnown: true });

/** A queue whose work ends when it is told to, and the order in which the work began. */
function makeQueue() {
    const queue = new PasswordQueue(1);
    const begun: string[] = [];
    const ends: (() => void)[] = [];
    const ask = (applicant: Applicant, name = applicant.lane): Promise<unknown> =>
        queue.run(applicant, async () => {
            begun.push(name);
            await new Promise<void>((resolve) => ends.push(resolve));
        });
    const endAll = async () => {
        for (let quiet = 0; quiet < 3; quiet += 1) {
            for (; ends.length > 0; quiet = 0) {
                ends.shift()?.();
                await new Promise(setImmediate);
            }
            await new Promise(setImmediate);
        }
    };
    return { ask, begun, endAll };
}

describe("the queue for passwords", () => {
    it("gives networks turns, however many each of them sends", async () => {
        const { ask, begun, endAll } = makeQueue();
        const all = [...Array(50).fill("flood"), "office", "home"].map((lane) => ask(stranger(lane)));
        await endAll();
        await Promise.all(all);
        assert.deepEqual(begun.slice(0, 4), ["flood", "flood", "office", "home"]);
        assert.equal(begun.length, 52);
    });

    it("has those who have signed in before go first, and leaves every third turn to others", async () => {
        const { ask, begun, endAll } = makeQueue();
        const all = [
            ask(stranger("first")),
            ...Array.from({ length: 200 }, (_, index) => ask(stranger(`botnet ${index}`))),
            ...["jane", "joe", "ann", "bob"].map((name) => ask(known(name))),
        ];
        await endAll();
        await Promise.all(all);
        assert.deepEqual(begun.slice(1, 7), ["jane", "joe", "botnet 0", "ann", "bob", "botnet 1"]);
    });

    it("refuses more than a hundred of one lane, and nobody else", async () => {
        const { ask, begun, endAll } = makeQueue();
        const all = Array.from({ length: 110 }, () => ask(stranger("flood")));
        const other = ask(stranger("office"));
        const settled = Promise.allSettled(all);
        await endAll();
        await other;
        const refused = (await settled).filter(({ status }) => status === "rejected") as PromiseRejectedResult[];
        assert.deepEqual(
            refused.map(({ reason }) => [reason.code, reason.retryAfterSeconds]),
            Array(9).fill(["overloaded", 5]),
        );
        assert.equal(begun.length, 102);
    });

    it("is never so full that the only one of a network, or one who has signed in before, is turned away", async () => {
        const { ask, begun, endAll } = makeQueue();
        const flood = Array.from({ length: 1_001 }, (_, index) => ask(stranger(`network ${Math.floor(index / 20)}`)));
        const settled = Promise.allSettled(flood);
        const others = [ask(stranger("office")), ask(known("jane"))];
        await endAll();
        await Promise.all(others);
        assert.ok(begun.includes("office") && begun.includes("jane"));
        assert.equal((await settled).filter(({ status }) => status === "rejected").length, 2);
        assert.equal(begun.length, 1_001);
    });
});
