import assert from "node:assert/strict";
import { Client } from "../../../client/client";
import { refuseLeaving } from "../../../provider/protection/refuse-leaving";
import { Guard } from "../../../provider/protocol/guard";
import { Run } from "../../../provider/run/run";
import { sayUnchecked } from "../../../provider/run/unchecked";
import { openTestSession } from "../../support/provider";

const nothing = { organizations: [], sites: [], environments: [], hostnames: [], people: [] };

describe("what must not leave", () => {
    it("a platform that gives no answer refuses nothing but the number, and that is said", async () => {
        const session = await openTestSession({ maxDeletes: 1 });
        const silent = { ...session, client: new Client({ endpoint: "http://127.0.0.1:9", token: "x" }) };
        const site = (id: string) => ({ id, words: `site ${id}`, hostname: `${id}.example`, client: "Acme" });
        await refuseLeaving(silent, { ...nothing, sites: [site("1/1")] });
        assert.match(String(sayUnchecked(session.memory)), /not checked with the platform: what leaves the program/);
        await assert.rejects(
            refuseLeaving(silent, { ...nothing, sites: [site("1/1"), site("1/2")] }),
            /2 things would be deleted at once/,
        );
    });

    it("the guard asks about what changed only, and a program that failed changes nothing", async () => {
        const guard = new Guard(new Run());
        const declared = {
            organizations: [],
            sites: [["1/1", "www.acme.example"] as [string, string]],
            environments: [],
            domains: [],
            people: [],
        };
        const { outs } = await guard.create({ sites: 1, __declared: declared });
        for (const news of [{ __declared: { ...declared, teams: [], retained: ["1/2"] } }, {}])
            assert.deepEqual(await guard.diff("guard", outs, news), { changes: false });
        assert.deepEqual(
            await guard.diff("guard", {}, { __declared: declared }),
            { changes: undefined },
            "the first time there is nothing to compare with",
        );
        const all = { project: "estate", stack: "all" };
        const renamed = { ...all, stack: "every" };
        const first = await guard.check({}, { __declared: declared, __owners: [all] });
        assert.deepEqual(first.inputs.__owners, [all]);
        for (const __owners of [[all], [renamed]]) {
            const { inputs } = await guard.check(first.inputs, { __declared: declared, __owners });
            assert.deepEqual(inputs.__owners, __owners[0] === all ? [all] : [all, renamed], "a stack has its names");
        }
        assert.deepEqual(await guard.read("guard", outs), { id: "guard", props: outs });
    });
});
