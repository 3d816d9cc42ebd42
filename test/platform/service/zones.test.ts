import assert from "node:assert/strict";
import { Dns } from "../../../platform/dns/dns";
import { createApplication } from "../../../platform/service/applications";
import { deleteZone, findCandidate, getZone, hostZone, listZones, requireZone } from "../../../platform/service/zones";
import { makeMember, sharedContext } from "../../support/context";
import { type DnsName, startDns } from "../../support/dns";
import { fresh } from "../../support/stores";

describe("zone use cases", () => {
    it("say what hosting would meet, and are quick where no DNS answers", async () => {
        const names = new Map<string, DnsName>();
        const dns = await startDns(names);
        try {
            const context = { ...(await sharedContext()), dns: new Dns([dns.address]) };
            const member = await makeMember(context);
            const zone = `${fresh("zs")}.example`;
            const { id } = await createApplication(context, member, { hostname: `www.${zone}`, origin: "192.0.2.1" });
            const place = { applicationId: id, environment: "Production" };
            assert.deepEqual(await findCandidate(context, member, `WWW.${zone}.`), { zone, status: "available" });
            names.set(zone, "SERVFAIL");
            const { missed } = await hostZone(context, member, place, { zoneName: zone });
            assert.deepEqual(
                missed.map(({ type }) => type),
                ["ANY"],
            );
            assert.deepEqual(
                (await getZone(context, member, zone)).records[0]?.type,
                "CNAME",
                "what was asked for is there",
            );
            assert.equal((await findCandidate(context, member, `deep.www.${zone}`)).status, "pending");
            names.set(zone, { NS: ["ns1.c.section.io", "ns.old.example"] });
            assert.equal(
                (await findCandidate(context, member, zone)).status,
                "pending",
                "half of the servers are not ours yet",
            );
            assert.equal(await requireZone(context.store.database, member, zone.toUpperCase()), zone);
            assert.deepEqual(await listZones(context, member), [zone]);
            await deleteZone(context, member, zone);
            await assert.rejects(deleteZone(context, member, zone), { code: "not-found" });
            await assert.rejects(getZone(context, member, zone), { code: "zone-not-hosted" });
        } finally {
            dns.close();
        }
    });
});
