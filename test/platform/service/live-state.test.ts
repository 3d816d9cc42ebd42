import assert from "node:assert/strict";
import { Dns } from "../../../platform/dns/dns";
import { createApplication } from "../../../platform/service/applications";
import type { Context } from "../../../platform/service/context";
import { addDomain } from "../../../platform/service/domains";
import {
    isEnvironmentEngaged,
    verifyDomain,
    verifyDomains,
    verifyDueDomains,
} from "../../../platform/service/live-state";
import { findDomain, setCheckDue } from "../../../platform/store/domains";
import { makeMember, sharedContext } from "../../support/context";
import { type DnsName, startDns, type TestDns } from "../../support/dns";
import { fresh } from "../../support/stores";

const edge = "c.section.io";

describe("the live state of domains", () => {
    let dns: TestDns;
    let context: Context;
    const names = new Map<string, DnsName>();
    before(async () => {
        dns = await startDns(names);
        context = { ...(await sharedContext()), dns: new Dns([dns.address]) };
    });
    after(() => dns.close());

    async function site() {
        const member = await makeMember(context);
        const hostname = `${fresh("live")}.acme.example`;
        const { id } = await createApplication(context, member, { hostname, origin: "192.0.2.1" });
        const engaged = async (changed: Context = context) => (await verifyDomain(changed, member, hostname)).engaged;
        return { member, hostname, id, engaged };
    }

    it("is live when an alias leads to the platform, also through another one, and the answer is kept", async () => {
        const { member, hostname, id, engaged } = await site();
        await addDomain(context, member, { applicationId: id, environment: "Production" }, `shop.${hostname}`);
        assert.equal(await engaged(), false);
        names.set(hostname, "via.acme.example").set("via.acme.example", `${hostname}.${edge}`);
        const states = await verifyDomains(context, member, id);
        assert.deepEqual(Object.fromEntries(states.map((state) => [state.hostname, state.engaged])), {
            [hostname]: true,
            [`shop.${hostname}`]: false,
        });
        assert.equal(await isEnvironmentEngaged(context, member, id, "Production"), true, "last known");
        names.delete(hostname);
        assert.equal(await isEnvironmentEngaged(context, member, id, "Production"), true, "still last known");
        assert.equal(await engaged(), false);
        assert.equal(await isEnvironmentEngaged(context, member, id, "Production"), false);
    });

    it("is not live when the alias of another name, or a name that only looks like the platform's, is followed", async () => {
        const { hostname, engaged } = await site();
        for (const target of [
            `other.acme.example.${edge}`,
            `${hostname}.evil${edge}`,
            `${hostname}.${edge}.evil.example`,
        ]) {
            names.set(hostname, target);
            assert.equal(await engaged(), false, target);
        }
    });

    it("is live when all its addresses are the platform's, known beforehand or looked up", async () => {
        const { hostname, engaged } = await site();
        names.set(`${hostname}.${edge}`, { A: ["203.0.113.1", "203.0.113.2"] });
        names.set(hostname, { A: ["203.0.113.2"] });
        assert.equal(await engaged(), true);
        names.set(hostname, { A: ["203.0.113.2", "192.0.2.1"] });
        assert.equal(await engaged(), false, "one address leads elsewhere");
        const known = { ...context, options: { ...context.options, edgeAddresses: ["203.0.113.9"] } };
        names.set(hostname, { A: ["203.0.113.9"] });
        assert.deepEqual([await engaged(known), await engaged()], [true, false]);
        names.set(`${hostname}.${edge}`, { A: ["192.0.2.50"] }).set(hostname, { A: ["192.0.2.50"] });
        assert.equal(await engaged(known), true, "a bypass: the platform answers with the origin's address");
    });

    it("is what it was, with the reason, while the DNS gives no clear answer", async () => {
        const { member, hostname, engaged } = await site();
        const checkedAt = async () =>
            (await findDomain(context.store.database, member.accountId, hostname))?.engaged_checked_at;
        assert.equal(await checkedAt(), null);
        names.set(hostname, `${hostname}.${edge}`);
        assert.equal(await engaged(), true);
        const first = await checkedAt();
        assert.ok(first instanceof Date);
        names.set(hostname, "SERVFAIL");
        assert.deepEqual(await verifyDomain(context, member, hostname), {
            hostname,
            engaged: true,
            unanswered: "the DNS servers failed (SERVFAIL)",
        });
        assert.deepEqual(await checkedAt(), first, "nothing was learned");
        names.set(hostname, "SILENT");
        assert.match((await verifyDomain(context, member, hostname)).unanswered ?? "", /did not answer in time/);
        names.set(hostname, { A: ["203.0.113.1"] }).set(`${hostname}.${edge}`, "SERVFAIL");
        assert.equal(
            (await verifyDomain(context, member, hostname)).engaged,
            true,
            "the platform's own name cannot be looked up",
        );
        names.delete(hostname);
        assert.deepEqual(
            await verifyDomain(context, member, hostname),
            { hostname, engaged: false },
            "gone is a clear answer",
        );
    });

    it("is verified in the background when its time comes, once, and sooner again where the DNS said nothing", async () => {
        const { member, hostname } = await site();
        const { database } = context.store;
        while ((await verifyDueDomains(context)) > 0); // what other tests left
        const broken = await site();
        names.set(broken.hostname, "SERVFAIL");
        names.set(hostname, `${hostname}.${edge}`);
        const dueAt = async (who: typeof member, name: string) =>
            (await findDomain(database, who.accountId, name))?.check_due_at.getTime() ?? 0;
        await setCheckDue(database, member.accountId, hostname, new Date(0));
        const before = Date.now();
        dns.asked.length = 0;
        const [mine, theirs] = await Promise.all([verifyDueDomains(context), verifyDueDomains({ ...context })]);
        assert.equal(mine + theirs, 2, "two that look at the same time share the work");
        assert.equal(await verifyDueDomains(context), 0, "their time is over");
        assert.equal(dns.asked.filter((question) => question === `CNAME ${hostname}`).length, 1);
        assert.equal((await findDomain(database, member.accountId, hostname))?.engaged, true);
        const hours = async (who: typeof member, name: string) => ((await dueAt(who, name)) - before) / 3_600_000;
        const regular = await hours(member, hostname);
        assert.ok(regular > 21 && regular < 27, `in ${regular} hours, around a day`);
        const sooner = await hours(broken.member, broken.hostname);
        assert.ok(sooner > 0.9 && sooner < 1.1, `in ${sooner} hours`);
    });

    it("is given back when there is no time left", async () => {
        const { member, hostname } = await site();
        await setCheckDue(context.store.database, member.accountId, hostname, new Date(0));
        assert.equal(await verifyDueDomains(context, AbortSignal.abort()), 0);
        assert.equal(await verifyDueDomains(context), 1);
        assert.equal((await findDomain(context.store.database, member.accountId, hostname))?.engaged, false);
    });
});
