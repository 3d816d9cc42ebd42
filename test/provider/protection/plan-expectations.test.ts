import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import {
    type Expectations,
    noteOwnMove,
    refusalsFile,
    refuseMoved,
    refuseOtherHead,
    sayMoved,
} from "../../../provider/protection/plan-expectations";
import type { Session } from "../../../provider/run/session";
import { withFolder } from "../../support/platform";
import { openTestSession } from "../../support/provider";
import { fresh } from "../../support/stores";

const place = { organization: 1, application: 7, environment: "Production" };
const [one, other] = ["a".repeat(40), "b".repeat(40)];

/** A session that expects, and what it refused. */
async function expecting(
    session: Session,
    expectations: Expectations,
    work: (session: Session, refused: () => Promise<string>) => Promise<void>,
) {
    await withFolder(async (folder) => {
        const expected = path.join(folder, "expected.json");
        await writeFile(expected, JSON.stringify(expectations));
        const refused = () => readFile(refusalsFile(expected), "utf8").catch(() => "");
        await work({ ...session, settings: { ...session.settings, expected } }, refused);
    });
}

describe("what a reviewed plan saw", function () {
    this.timeout(60_000);

    it("holds a change to it: what is as it was may change, what moved may not, what was not in it is not asked about", async () => {
        const session = await openTestSession();
        const { api } = session.platform;
        const { id } = await api.must("POST", "/account", { name: "Acme" });
        const email = `${fresh("jane")}@agency.example`;
        const { user } = await api.must("POST", `/account/${id}/user`, { email, accountCapability: "readonly" });
        const jane = `${id}/${email}`;
        await expecting(
            session,
            { [`membership ${jane}`]: { exists: true, role: "readonly" } },
            async (bound, refused) => {
                await refuseMoved(bound, "membership", jane);
                await refuseMoved(bound, "membership", `${id}/nobody@agency.example`);
                await api.must("POST", `/account/${id}/user/${user.id}`, { accountCapability: "admin" });
                const later = { ...bound, client: (await openTestSession()).client };
                await assert.rejects(
                    refuseMoved(later, "membership", jane),
                    /moved since the plan was made: role: readonly -> admin\. Plan again/,
                );
                await assert.rejects(refuseMoved({ ...later }, "membership", jane), { code: "plan-moved" });
                await refuseMoved(session, "membership", jane); // without a plan
                assert.equal((await refused()).split("\n").filter((line) => line.includes(jane)).length, 2);
            },
        );
    });

    it("holds a commit to the head, until this run moves the branch itself", async () => {
        const session = await openTestSession();
        await expecting(
            session,
            { "environment 1/7/Production": { exists: true, head: one } },
            async (bound, refused) => {
                refuseOtherHead(bound, place, one);
                refuseOtherHead(bound, { ...place, application: 8 }, other);
                refuseOtherHead(session, place, other);
                assert.throws(
                    () => refuseOtherHead(bound, place, other),
                    /environment 1\/7\/Production moved .*: head: aaaaaaaaaa -> bbbbbbbbbb\. Plan again/,
                );
                assert.match(await refused(), /^environment 1\/7\/Production moved .*\n$/);
                noteOwnMove(bound, { organization: 1, application: 7 });
                refuseOtherHead(bound, place, other);
            },
        );
    });

    it("is said by what it was and what it is", () => {
        const before = { exists: true, role: "state", members: { a: "admin" } };
        assert.deepEqual(
            sayMoved(["exists", "role", "members", "hostname"], before, {
                exists: true,
                members: { a: "state" },
                hostname: "a.example",
            }),
            ["role: state -> nothing", 'members: {"a":"admin"} -> {"a":"state"}', "hostname: nothing -> a.example"],
        );
    });
});
