import assert from "node:assert/strict";
import { Problem } from "section-model";
import { z } from "zod";
import { type Noun, Unfinished } from "../../../provider/nouns/noun";
import { refuseLiveReplacement } from "../../../provider/protection/live-replacement";
import { Lifecycle } from "../../../provider/protocol/lifecycle";
import { Run } from "../../../provider/run/run";
import { unknownValue } from "../../../provider/run/unknown";

interface Thing {
    name: string;
    size?: number;
    engaged?: boolean;
}

function thing(overrides: Partial<Noun<Thing, Thing>> = {}): Lifecycle {
    const noun: Noun<Thing, Thing> = {
        kind: "thing",
        schema: z.strictObject({ name: z.string("must be a name"), size: z.number().optional() }),
        replacesOn: ["name"],
        compares: ["name", "size"],
        judgeChange: async (open, { id, outputs }, { replaces }) => {
            if (outputs.engaged && replaces.length > 0) refuseLiveReplacement(open(), id, replaces);
            return {};
        },
        ensure: async (_session, inputs) => ({ id: inputs.name, outputs: { ...inputs } }),
        observe: async (_session, id) => ({ id, outputs: { name: id } }),
        remove: async () => {},
        ...overrides,
    };
    const lifecycle = new Lifecycle(noun, new Run());
    const values: Record<string, string> = {
        "section-provider:endpoint": "http://127.0.0.1:9",
        "section-provider:token": "hush",
    };
    void lifecycle.configure({ config: { get: (key) => values[key] } });
    return lifecycle;
}

describe("a lifecycle", () => {
    it("diff: the same is nothing, a change is the engine's to describe, another object is a replacement", async () => {
        const lifecycle = thing();
        assert.deepEqual(
            await lifecycle.diff("a", { name: "a", size: 1, extra: 1 }, { size: 1, name: "a", __provider: "p" }),
            { changes: false },
        );
        assert.deepEqual(await lifecycle.diff("a", { name: "a", size: 1 }, { name: "a" }), {
            changes: undefined,
            replaces: [],
            deleteBeforeReplace: false,
        });
        assert.deepEqual(await lifecycle.diff("a", { name: "a" }, { name: "b" }), {
            changes: undefined,
            replaces: ["name"],
            deleteBeforeReplace: true,
        });
        assert.deepEqual(await lifecycle.diff("a", { name: "a" }, { name: unknownValue }), {
            changes: undefined,
            replaces: ["name"],
            deleteBeforeReplace: true,
        });
    });

    it("diff: what is live is not replaced unless it may be", async () => {
        await assert.rejects(
            thing().diff("a", { name: "a", engaged: true }, { name: "b" }),
            /thing a: a is live and changing name would take it away/,
        );
        process.env.SECTION_ALLOW_LIVE_DELETE = "true";
        try {
            assert.deepEqual((await thing().diff("a", { name: "a", engaged: true }, { name: "b" })).replaces, ["name"]);
        } finally {
            delete process.env.SECTION_ALLOW_LIVE_DELETE;
        }
    });

    it("create and update return everything, as plain JSON, with a marker", async () => {
        const lifecycle = thing();
        assert.deepEqual(await lifecycle.create({ name: "a", size: undefined, __provider: "p" }), {
            id: "a",
            outs: { name: "a", __v: 1 },
        });
        assert.deepEqual(await lifecycle.update("a", {}, { name: "a", size: 2, __provider: "p" }), {
            outs: { name: "a", size: 2, __v: 1 },
        });
    });

    it("read: gone is a failure on .get, and drift is what is there", async () => {
        const gone = thing({ observe: async () => undefined });
        await assert.rejects(gone.read("a", { __provider: "p" }), /there is no thing a that this token can see/);
        const drifted = thing({
            observe: async (_session, id) => ({ id, outputs: { name: id, size: 9 }, inputs: { name: id, size: 9 } }),
        });
        assert.deepEqual(await drifted.read("a", { name: "a", __v: 1 }), {
            id: "a",
            props: { name: "a", size: 9, __v: 1 },
            inputs: { name: "a", size: 9 },
        });
    });

    it("what got no answer is looked at again, what was refused is not", async () => {
        let attempts = 0;
        const flaky = thing({
            ensure: async (_session, inputs) => {
                attempts += 1;
                if (attempts < 3) throw new Problem("unreachable", "the reply was lost", { isUncertain: true });
                return { id: "a", outputs: inputs };
            },
        });
        await flaky.create({ name: "a" });
        assert.equal(attempts, 3);
        attempts = 0;
        const refusing = thing({
            remove: async () => {
                attempts += 1;
                throw new Problem("forbidden", "no");
            },
        });
        await assert.rejects(refusing.delete("b", {}), /thing b: no\. Ask an admin/);
        assert.equal(attempts, 1);
    });

    it("something half made is kept, with what is needed to go on", async () => {
        const half = thing({
            ensure: async (_session, inputs) => {
                throw new Unfinished({ id: "a", outputs: inputs }, new Problem("push-refused", "bad file, hush"));
            },
        });
        const error = await half.create({ name: "a", __provider: "p" }).then(
            () => assert.fail(),
            (failure) => failure,
        );
        assert.deepEqual(
            [error.id, error.properties, error.reasons.length],
            ["a", { name: "a", __v: 1, __provider: "p" }, 1],
        );
        assert.match(error.message, /bad file, \[token\]/);
    });

    it("never throws anything but an Error, whatever happens inside", async () => {
        for (const odd of [undefined, null, "text", 7]) {
            const failure = await thing({ ensure: () => Promise.reject(odd) })
                .create({ name: "a" })
                .then(
                    () => assert.fail(),
                    (error) => error,
                );
            assert.ok(failure instanceof Error, String(odd));
        }
    });

    it("configure does everything at once and never fails", async () => {
        const lifecycle = new Lifecycle({ kind: "thing" }, new Run());
        assert.equal(await lifecycle.configure({ config: { get: () => assert.fail("too early") } }), undefined);
    });
});
