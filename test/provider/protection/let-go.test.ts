import assert from "node:assert/strict";
import type { NewClaim } from "section-model";
import { setClaims } from "../../../client/claims";
import { nouns } from "../../../provider/nouns/nouns";
import { findLeaving, normaliseDeclared } from "../../../provider/protection/find-leaving";
import { makeClaimId } from "../../../provider/protection/hold";
import { reasonLetGo, withoutLetGo } from "../../../provider/protection/let-go";
import { Guard } from "../../../provider/protocol/guard";
import { Lifecycle } from "../../../provider/protocol/lifecycle";
import type { DeclaredThings } from "../../../provider/run/declared-things";
import { Run } from "../../../provider/run/run";
import { openTestSession, type TestSession } from "../../support/provider";
import { fresh } from "../../support/stores";

const estate = { project: "estate", stack: "all" };
const nothing = normaliseDeclared({});
const empty = { organizations: [], sites: [], environments: [], hostnames: [], people: [] };

/** A client with a site, whose claims name these stacks; undefined is nobody. */
async function makeClient(session: TestSession, stacks: { organization?: string; site?: string }) {
    const hostname = `${fresh("go")}.acme.example`;
    const { account, application } = await session.platform.api.makeSite(fresh("Acme"), hostname);
    const claimOf = (stack: string | undefined): NewClaim | null =>
        stack === undefined ? null : { id: makeClaimId(), project: "estate", stack, resource: "www" };
    await setClaims(session.client, account, [
        { thing: {}, expected: null, claim: claimOf(stacks.organization) },
        { thing: { application }, expected: null, claim: claimOf(stacks.site) },
    ]);
    const before: DeclaredThings = normaliseDeclared({
        organizations: [[String(account), "Acme"]],
        sites: [[`${account}/${application}`, hostname]],
        environments: [[`${account}/${application}/Production`, ""]],
    });
    return { before, organization: String(account), site: `${account}/${application}`, hostname };
}

const idsOf = ({ organizations, sites }: ReturnType<typeof findLeaving>) =>
    [...organizations, ...sites].map(({ id }) => id);

describe("what the stack has let go", () => {
    const leave = (session: TestSession, before: DeclaredThings, after = nothing, owners = [estate]) =>
        withoutLetGo(session, findLeaving(before, after), { before, after, owners });

    it("does not leave by this operation: nobody has it any more, or another stack", async () => {
        for (const stack of [undefined, "bakery"]) {
            const session = await openTestSession();
            const { before, organization, site, hostname } = await makeClient(session, {
                organization: stack,
                site: stack,
            });
            assert.deepEqual(await leave(session, before), empty);
            assert.deepEqual(session.told, [
                "what left the program and does not belong to this stack stays:",
                `  Acme: organization Acme, site ${hostname}`,
            ]);
            const reason = `it belongs to ${stack === undefined ? "nobody" : "estate/bakery www"}`;
            assert.equal(reasonLetGo(session.memory, "organization", organization, true), reason);
            assert.equal(reasonLetGo(session.memory, "application", site, true), reason);
            // the state of an older version has it without a claim: nobody gave one up
            const held = stack === undefined ? undefined : reason;
            assert.equal(reasonLetGo(session.memory, "application", site, false), held);
        }
    });

    it("leaves all the same in a larger thing that leaves, and a site alone only if it is this stack's", async () => {
        const session = await openTestSession();
        const whole = await makeClient(session, { organization: "all" });
        const own = await makeClient(session, { organization: "bakery", site: "all" });
        assert.deepEqual(idsOf(await leave(session, whole.before)), [whole.organization, whole.site]);
        const after = { ...whole.before, sites: [], environments: [] };
        assert.deepEqual(idsOf(await leave(session, whole.before, after)), []);
        assert.deepEqual(idsOf(await leave(session, own.before)), [own.site]);
    });

    it("a stack keeps what has one of its former names, and everything counts where there are no claims", async () => {
        const session = await openTestSession();
        const { before, organization, site } = await makeClient(session, { organization: "former", site: "all" });
        const owners = [{ ...estate, stack: "former" }, estate];
        assert.deepEqual(idsOf(await leave(session, before, nothing, owners)), [organization, site]);
        const pure = await openTestSession({ extensions: false });
        assert.deepEqual(idsOf(await leave(pure, before)), [organization, site]);
        assert.equal(reasonLetGo(pure.memory, "organization", organization, true), undefined);
    });

    it("may be a Domain or a Membership, but no hostname of an environment and nobody of a Team", async () => {
        const session = await openTestSession();
        const { before, organization, site, hostname } = await makeClient(session, {
            organization: "all",
            site: "all",
        });
        const [id, application] = [`${site}/Production`, site.split("/")[1]];
        const shop = `shop.${hostname}`;
        const path = `/account/${organization}/application/${application}/environment/Production/domain`;
        await session.platform.api.must("POST", `${path}/${shop}`);
        await session.platform.signUp("jane@agency.example");
        await session.platform.api.must("POST", `/account/${organization}/user`, {
            email: "jane@agency.example",
            role: "readonly",
        });
        const person = `${organization}/jane@agency.example`;
        const own = { ...before, domains: [[shop, id]] as [string, string][], people: [person] };
        assert.deepEqual(await leave(session, own, before), empty);
        assert.equal(reasonLetGo(session.memory, "domain", `${id}/${shop}`, true), "it belongs to nobody");
        const others: DeclaredThings = {
            ...before,
            environments: [[id, shop]],
            teams: [[organization, ["jane@agency.example"]]],
        };
        const left = await leave(session, others, { ...before, teams: [[organization, []]] });
        assert.deepEqual(
            left.hostnames.map((each) => each.hostname),
            [shop],
        );
        assert.deepEqual(left.people, [person]);
    });

    it("is kept by the operation whose guard did not count it, also if the state still has it", async () => {
        const session = await openTestSession();
        const { organization, site, hostname, before } = await makeClient(session, { organization: "all" });
        const values: Record<string, string> = {
            "section-provider:endpoint": session.platform.url,
            "section-provider:token": session.platform.token,
            "section-provider:maxDeletes": "0",
        };
        const remove = async (after?: DeclaredThings, isOlder = false) => {
            const run = new Run();
            const [guard, sites] = [new Guard(run), new Lifecycle(nouns.application, run)];
            for (const each of [guard, sites]) await each.configure({ config: { get: (key) => values[key] } });
            const declared = { __declared: after, __owners: [estate] };
            const __owners = isOlder ? undefined : [estate];
            if (after)
                assert.deepEqual(await guard.diff("guard", { __declared: before, __owners }, declared), {
                    changes: undefined,
                });
            await sites.delete(site, { organization, hostname, ...(after && { __claim: makeClaimId() }) });
            return (await session.platform.api.get(`/account/${organization}/application`)).length;
        };
        const after = { ...before, sites: [], environments: [] };
        await assert.rejects(remove(after, true), /1 thing would be deleted at once/, "no owners are known yet");
        assert.equal(await remove(after), 1);
        values["section-provider:maxDeletes"] = "1";
        assert.equal(await remove(), 0, "without the guard the site of nobody goes");
    });
});
