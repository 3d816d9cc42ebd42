import assert from "node:assert/strict";
import { nouns } from "../../../provider/nouns/nouns";
import { keepMade } from "../../../provider/protocol/hold-object";
import type { Claimant } from "../../../provider/run/claimant";
import { captureLines } from "../../support/capture-lines";
import { startOperation } from "../../support/operation";
import { openTestSession, providerPlatform } from "../../support/provider";

const origin = "192.0.2.1";
const secondStack = (resource: string, more: Partial<Claimant> = {}) => ({ stack: "copy", resource, ...more });

describe("a claim", () => {
    let organization: string;
    let count = 0;
    const nextHostname = () => `claimed-${++count}.acme.example`;

    before(async () => {
        const start = await startOperation();
        ({ id: organization } = await start("organization").create({ name: "Claims" }, "acme"));
    });

    /** The things of the organization on the platform, by hostname. */
    async function see(hostname: string) {
        const { api } = await providerPlatform();
        const all = (await api.get(`/account/${organization}/application`)) as {
            id: number;
            application_name: string;
            claim?: { resource: string; stack: string };
        }[];
        return all.find(({ application_name }) => application_name === hostname);
    }

    /** Makes a site in an operation of its own. */
    async function make(hostname: string, claimant: string | Partial<Claimant> = "www") {
        const start = await startOperation();
        return start("application").create({ organization, hostname, origin }, claimant);
    }

    it("comes with what is made, and lets its resource delete it", async () => {
        const hostname = nextHostname();
        const { id, outs } = await make(hostname);
        assert.equal((await see(hostname))?.claim?.resource, "www");
        assert.match(String(outs.__claim), /^[\w-]{16,64}$/);
        await (await startOperation())("application").delete(id, outs);
        assert.equal(await see(hostname), undefined);
    });

    it("moves to another resource of the stack, and the former one then deletes nothing, in a later operation too", async () => {
        const hostname = nextHostname();
        const before = await make(hostname);
        const lines = await captureLines(async () => {
            const after = await make(hostname, "www2");
            assert.equal(after.id, before.id);
            await (await startOperation())("application").delete(before.id, before.outs);
        });
        assert.equal((await see(hostname))?.claim?.resource, "www2");
        assert.match(lines.join("\n"), /: www2 takes over what www had; an alias says so too/);
        assert.match(lines.join("\n"), /^application \S+ is kept: .*held by agency\/tests www2/m);
    });

    it("is not taken from a resource that the same operation declares, one after the other or at the same time", async () => {
        const start = await startOperation();
        const create = (resource: string, name: string) => start("organization").create({ name }, resource);
        await create("one", "Twice");
        await assert.rejects(create("two", "Twice"), /organization \d+ is declared twice, /);
        const made = await Promise.allSettled([create("three", "Thrice"), create("four", "Thrice")]);
        const ids = made.flatMap((each) => (each.status === "fulfilled" ? [each.value.id] : []));
        assert.equal(new Set(ids).size, ids.length, "no two got one organization");
    });

    it("of another stack stays: what is the same is used, not changed, not deleted", async () => {
        const hostname = nextHostname();
        const { id, outs } = await make(hostname);
        const used = await make(hostname, secondStack("www"));
        assert.deepEqual([used.id, used.outs.__claim], [id, ""]);
        const start = await startOperation();
        const changed = { organization, hostname, origin: "192.0.2.9" };
        await assert.rejects(
            start("application").diff(id, used.outs, changed, secondStack("www")),
            /belongs to agency\/tests www; www cannot change it/,
        );
        await assert.rejects(
            start("application").update(id, used.outs, changed, secondStack("www")),
            /belongs to agency\/tests www; www cannot change it/,
        );
        const later = await startOperation();
        const lines = await captureLines(() => later("application").delete(id, used.outs));
        assert.match(lines.join("\n"), /is kept: .*held by agency\/tests www/);
        await (await startOperation())("application").delete(id, outs);
        assert.equal(await see(hostname), undefined, "its holder may");
    });

    it("of another stack is taken only by consent, and then the former holder can change nothing", async () => {
        const hostname = nextHostname();
        const { id, outs } = await make(hostname);
        const start = await startOperation();
        const changed = { organization, hostname, origin: "192.0.2.9" };
        await assert.rejects(
            start("application").create(changed, secondStack("www")),
            /exists already and belongs to agency\/tests www; www would change it.*\n {2}origin: 192\.0\.2\.1 -> 192\.0\.2\.9/s,
        );
        assert.equal((await see(hostname))?.claim?.stack, "tests");
        await start("application").create(changed, secondStack("www", { adopt: true }));
        assert.equal((await see(hostname))?.claim?.stack, "copy");
        const again = await startOperation();
        await assert.rejects(
            again("application").update(id, outs, { ...changed, origin: "192.0.2.8" }, "www"),
            /belongs to agency\/copy www; www cannot change it/,
        );
        await again("application").delete(id, outs);
        assert.equal((await see(hostname))?.id, Number(id.split("/")[1]));
    });

    it("of another stack stays, also one of the last seconds, which no list of this operation has", async () => {
        const start = await startOperation();
        const [jane, hostname] = ["jane-came-meanwhile@agency.example", nextHostname()];
        // reads the lists, which its further resources share
        await start("application").create({ organization, hostname: nextHostname(), origin }, "before");
        await start("membership").create({ organization, email: "before@agency.example", role: "state" }, "before");
        const other = await startOperation();
        await other("membership").create({ organization, email: jane, role: "admin" }, secondStack("jane"));
        const site = await other("application").create({ organization, hostname, origin }, secondStack("www"));
        await assert.rejects(
            start("membership").create({ organization, email: jane, role: "readonly" }, "jane"),
            /membership \d+\/jane-came-meanwhile@agency\.example belongs to agency\/copy jane; jane cannot change it/,
        );
        await assert.rejects(
            start("application").create({ organization, hostname, origin: "192.0.2.9" }, "www"),
            /application \d+\/\d+ belongs to agency\/copy www; www cannot change it/,
        );
        const { api } = await providerPlatform();
        const members: { email: string; accountCapability: string }[] = await api.get(`/account/${organization}/user`);
        assert.equal(members.find(({ email }) => email === jane)?.accountCapability, "admin");
        assert.equal((await see(hostname))?.claim?.stack, "copy");
        await other("application").delete(site.id, site.outs);
    });

    it("of nobody is taken as it is, and refused when something would change", async () => {
        const { api } = await providerPlatform();
        const [same, other] = [nextHostname(), nextHostname()];
        for (const hostname of [same, other])
            await api.must("POST", `/account/${organization}/application/create`, { hostname, origin });
        await make(same);
        assert.equal((await see(same))?.claim?.resource, "www");
        const start = await startOperation();
        const changed = { organization, hostname: other, origin: "192.0.2.9" };
        await assert.rejects(start("application").create(changed, "www"), /belongs to nobody; www would change it/);
        assert.equal((await see(other))?.claim, undefined);
    });

    it("of a thing that a killed operation made meanwhile is taken; another stack's stays", async () => {
        const hostname = nextHostname();
        const { id } = await make(hostname);
        const session = await openTestSession();
        const asked = { noun: nouns.application as never, memory: session.memory, open: () => session };
        const keep = (stack: string) => {
            const claim = { id: `later-operation-of-${stack}`, project: "agency", stack, resource: "www" };
            return keepMade(asked, id, {
                hold: { claim, consents: false },
                kept: { __claim: claim.id, __platform: "" },
            });
        };
        assert.equal((await keep("copy")).__claim, "", "it is used without a claim");
        assert.equal((await see(hostname))?.claim?.stack, "tests");
        const { __claim } = await keep("tests");
        assert.equal(__claim, "later-operation-of-tests");
        await (await startOperation())("application").delete(id, { organization, hostname, __claim });
        assert.equal(await see(hostname), undefined, "what the state remembers is the claim");
    });

    it("is made by the next up for a state without one, and a preview shows no change for it", async () => {
        const { api } = await providerPlatform();
        const hostname = nextHostname();
        await api.must("POST", `/account/${organization}/application/create`, { hostname, origin });
        const old = await startOperation();
        const { id, outs: made } = await old("application").create({ organization, hostname, origin });
        assert.equal((await see(hostname))?.claim, undefined);
        const { __claim, __platform, ...outs } = made;
        const start = await startOperation();
        const declared = { organization, hostname, origin };
        const preview = await start("application").diff(id, outs, declared, { resource: "www", isPreview: true });
        assert.equal(preview.changes, false);
        const up = await start("application").diff(id, outs, declared, "www");
        assert.equal(up.changes, true);
        const { outs: after } = await start("application").update(id, outs, declared, "www");
        assert.equal((await see(hostname))?.claim?.resource, "www");
        const next = await startOperation();
        assert.equal((await next("application").diff(id, after as never, declared, "www")).changes, false);
    });

    it("of a membership goes to a Team of the stack, so that a later delete of the Membership ends nothing", async () => {
        const { api } = await providerPlatform();
        const email = "bea@agency.example";
        const one = await startOperation();
        const her = await one("membership").create({ organization, email, role: "state" }, "bea");
        const two = await startOperation();
        const members = { [email]: "state", "olga@agency.example": "admin" };
        await two("team").create({ organization, members }, "people");
        const three = await startOperation();
        await three("membership").delete(her.id, her.outs);
        const people = (await api.get(`/account/${organization}/user`)) as { email: string }[];
        assert.ok(people.some((person) => person.email === email));
    });

    it("that a failed operation moved goes back to the resource that stays, and its resource may delete it later", async () => {
        const hostname = nextHostname();
        const before = await make(hostname);
        const failed = await make(hostname, "www2");
        const next = await startOperation();
        await next("application").diff(before.id, before.outs, { organization, hostname, origin }, "www");
        const lines = await captureLines(() => next("application").delete(failed.id, failed.outs));
        assert.match(lines.join("\n"), /is kept: now declared as www$/m);
        assert.equal((await see(hostname))?.claim?.resource, "www");
        await (await startOperation())("application").delete(before.id, before.outs);
        assert.equal(await see(hostname), undefined);
    });

    it("that a killed operation moved is forgotten by a refresh, and taken again by the next up", async () => {
        const hostname = nextHostname();
        const { id, outs } = await make(hostname);
        assert.equal((await (await startOperation())("application").read(id, outs)).props?.__claim, outs.__claim);
        await make(hostname, "www2");
        const { props } = await (await startOperation())("application").read(id, outs);
        assert.equal(props?.__claim, undefined);
        const up = await startOperation();
        const declared = { organization, hostname, origin };
        assert.equal((await up("application").diff(id, props, declared, "www")).changes, true);
        const other = await startOperation();
        const copy = await other("application").diff(id, props, declared, secondStack("www"));
        assert.equal(copy.changes, false, "another stack has it, and nothing would change");
    });

    it("is told to be taken by consent, when something known changes", async () => {
        const hostname = nextHostname();
        const { id, outs } = await make(hostname, secondStack("www"));
        const start = await startOperation();
        const changed = { organization, hostname, origin: "192.0.2.9" };
        const mine = { ...outs, __claim: "" };
        const lines = await captureLines(() =>
            start("application").diff(id, mine, changed, { resource: "www", adopt: true }),
        );
        assert.match(lines.join("\n"), /: www takes it over from agency\/copy www, with this change$/m);
    });

    it("of an organization does not hide that its owner stays", async () => {
        const start = await startOperation();
        const owned = await start("organization").create({ name: "Owned" }, "owned");
        const olga = { organization: owned.id, email: "olga@agency.example", role: "admin" };
        const { id, outs } = await start("membership").create(olga, "olga");
        const later = await startOperation();
        const lines = await captureLines(() => later("membership").delete(id, outs));
        assert.match(lines.join("\n"), /is kept: olga@agency\.example owns organization/);
    });

    it("is not forgotten while another stack has something in the thing", async () => {
        const start = await startOperation();
        const shared = await start("organization").create({ name: "Shared" }, "shared");
        const site = { organization: shared.id, hostname: nextHostname(), origin };
        const other = await start("application").create(site, secondStack("www"));
        const remove = async () => (await startOperation())("organization").delete(shared.id, shared.outs);
        await assert.rejects(remove(), /contains what others hold: .*agency\/copy www.*retainOnDelete/);
        await (await startOperation())("application").delete(other.id, other.outs);
        await remove();
    });

    it("is not given up for a token that does not see the organization", async () => {
        const { signUp } = await providerPlatform();
        await signUp("eve@elsewhere.example");
        const hostname = nextHostname();
        const { id, outs } = await make(hostname);
        const start = await startOperation("eve@elsewhere.example");
        await assert.rejects(start("application").delete(id, outs), /does not see organization/);
        assert.notEqual(await see(hostname), undefined);
    });

    it("is refused on another platform before anything is asked", async () => {
        const hostname = nextHostname();
        const { id, outs } = await make(hostname);
        const foreign = { ...outs, __platform: "0123456789abcdef elsewhere.example" };
        const start = await startOperation();
        const refusal =
            /the state is of the platform at elsewhere\.example \(0123456789abcdef\), and http\S+ is the one at/;
        await assert.rejects(start("application").delete(id, foreign), refusal);
        await assert.rejects(start("application").read(id, foreign), refusal);
        await assert.rejects(
            start("application").update(id, foreign, { organization, hostname, origin: "192.0.2.9" }, "www"),
            refusal,
        );
        assert.notEqual(await see(hostname), undefined);
    });
});
