import assert from "node:assert/strict";
import { createApplication } from "../../../platform/service/applications";
import {
    addDomain,
    foreignDomainAsProblem,
    isEnvironmentEngaged,
    refuseAttached,
    removeDomain,
    verifyDomain,
    verifyDomains,
} from "../../../platform/service/domains";
import { makeMember, sharedContext } from "../../support/context";
import { startDns } from "../../support/dns";
import { fresh } from "../../support/stores";

describe("domain use cases", () => {
    it("go live when the DNS leads to the platform, also through another alias, and the state is kept", async () => {
        const aliases = new Map<string, string>();
        const dns = await startDns(aliases);
        try {
            const shared = await sharedContext();
            const context = { ...shared, options: { ...shared.options, dnsServers: [dns.address] } };
            const member = await makeMember(context);
            const hostname = `${fresh("live")}.acme.example`;
            const { id } = await createApplication(context, member, { hostname, origin: "192.0.2.1" });
            await addDomain(context, member, id, "Production", `shop.${hostname}`);
            assert.deepEqual(await verifyDomain(context, member, hostname), { [hostname]: false });
            aliases.set(hostname, "edge.acme.example").set("edge.acme.example", `${hostname}.c.section.io`);
            assert.deepEqual(await verifyDomains(context, member, id), { [hostname]: true, [`shop.${hostname}`]: false });
            assert.equal(await isEnvironmentEngaged(context, member, id, "Production"), true, "last known");
            aliases.clear();
            assert.equal(await isEnvironmentEngaged(context, member, id, "Production"), true, "still last known");
            await verifyDomain(context, member, hostname);
            assert.equal(await isEnvironmentEngaged(context, member, id, "Production"), false);
        } finally {
            dns.close();
        }
    });

    it("refuse what is attached elsewhere and what names the application", async () => {
        const context = await sharedContext();
        const member = await makeMember(context);
        const hostname = `${fresh("att")}.acme.example`;
        const { id } = await createApplication(context, member, { hostname, origin: "192.0.2.1" });
        await assert.rejects(
            refuseAttached(context.store.database, member.accountId, hostname),
            new RegExp(`attached to environment Production of application ${id}`),
        );
        await refuseAttached(context.store.database, member.accountId + 1, hostname);
        await assert.rejects(removeDomain(context, member, id, "Production", hostname), { code: "domain-names-application" });
        const other = new Error("x");
        assert.equal(foreignDomainAsProblem(other, hostname), other);
    });
});
