import assert from "node:assert/strict";
import { Client } from "../../../client/client";
import { refuseLeaving } from "../../../provider/protection/refuse-leaving";
import { countRemovedSite } from "../../../provider/protection/removed-sites";
import { Guard } from "../../../provider/protocol/guard";
import { Run } from "../../../provider/run/run";
import { openTestSession } from "../../support/provider";
import { fresh } from "../../support/stores";

const nothing = { sites: [], environments: [], hostnames: [], people: [] };

describe("what must not leave", () => {
    it("more sites than may, listed by client; those that are gone already do not count", async () => {
        const session = await openTestSession({ maxDeletes: 1 });
        const names = [1, 2].map(() => `${fresh("leave")}.acme.example`);
        const sites = [];
        for (const hostname of names) {
            const { account, application } = await session.platform.api.makeSite("Acme", hostname);
            sites.push({ id: `${account}/${application}`, hostname, client: "Acme" });
        }
        await assert.rejects(
            refuseLeaving(session, { ...nothing, sites: [...sites].reverse() }),
            (problem: Error & { lines: string[] }) => {
                assert.match(
                    problem.message,
                    /2 sites would be removed at once, and section:maxDeletes is 1\..*SECTION_MAX_DELETES=2/,
                );
                assert.deepEqual(problem.lines, [`  Acme: ${[...names].sort().join(", ")}`]);
                return true;
            },
        );
        await refuseLeaving(await openTestSession({ maxDeletes: 2 }), { ...nothing, sites });
        await session.platform.api.must("DELETE", `/account/${sites[0]?.id.replace("/", "/application/")}`);
        await refuseLeaving(await openTestSession({ maxDeletes: 1 }), { ...nothing, sites });
    });

    it("a platform that gives no answer refuses nothing but the number, and that is said", async () => {
        const session = await openTestSession({ maxDeletes: 1 });
        const silent = { ...session, client: new Client({ endpoint: "http://127.0.0.1:9", token: "x" }) };
        const site = (id: string) => ({ id, hostname: `${id}.example`, client: "Acme" });
        await refuseLeaving(silent, { ...nothing, sites: [site("1/1")] });
        assert.match(session.told.join("\n"), /not checked with the platform: what leaves the program/);
        await assert.rejects(
            refuseLeaving(silent, { ...nothing, sites: [site("1/1"), site("1/2")] }),
            /2 sites would be removed at once/,
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
            teams: [],
        };
        const { outs } = await guard.create({ sites: 1, __declared: declared });
        for (const news of [{ __declared: { ...declared } }, {}])
            assert.deepEqual(await guard.diff("guard", outs, news), { changes: false });
        assert.deepEqual(
            await guard.diff("guard", {}, { __declared: declared }),
            { changes: undefined },
            "the first time there is nothing to compare with",
        );
        assert.deepEqual(await guard.read("guard", outs), { id: "guard", props: outs });
    });

    it("an operation removes as many sites as may go, each counted once", async () => {
        const session = await openTestSession({ maxDeletes: 1 });
        countRemovedSite(session, "1/1", "a.example");
        countRemovedSite(session, "1/1", "a.example");
        assert.throws(
            () => countRemovedSite(session, "1/2", "b.example"),
            /b\.example stays: this operation has removed 1 sites/,
        );
        const free = await openTestSession();
        for (const id of ["1/1", "1/2", "1/3"]) countRemovedSite(free, id, "c.example");
    });
});
