import assert from "node:assert/strict";
import type { RecordType } from "../../../platform/dns/record-data";
import type { ZoneRecord } from "../../../platform/dns/zone-record";
import { attachHostname, detachHostnames } from "../../../platform/service/attachments";
import { addSiteRecord, removeSiteRecords } from "../../../platform/service/site-records";
import { findDomain } from "../../../platform/store/domains";
import { listRecords, putRecord } from "../../../platform/store/zone-records";
import { insertZone } from "../../../platform/store/zones";
import { makeMember, sharedContext } from "../../support/context";
import { fresh, sharedStore } from "../../support/stores";
import { makeApplication } from "../store/rows";

describe("the records of sites", () => {
    async function zoneWith(...records: [name: string, type: RecordType, data: ZoneRecord["data"]][]) {
        const context = await sharedContext();
        const { database } = context.store;
        const { accountId } = await makeMember(context);
        const zone = `${fresh("sr")}.example`;
        await insertZone(database, accountId, zone);
        const full = (name: string) => (name === "@" ? zone : `${name}.${zone}`);
        for (const [name, type, data] of records)
            await putRecord(database, accountId, zone, { name: full(name), type, ttlSeconds: 600, data });
        const shown = async () =>
            (await listRecords(database, accountId, zone)).map(
                ({ name, type, data }) => `${name.slice(0, -zone.length) || "@"} ${type} ${data}`,
            );
        const add = (name: string, options?: object) =>
            addSiteRecord(context, database, accountId, full(name), options);
        return { context, database, accountId, zone, shown, add, full };
    }
    const target = (name: string, zone: string) => `${name === "@" ? "" : `${name}.`}${zone}.c.section.io`;

    it("are an alias, in the form that may stand there", async () => {
        const { zone, shown, add } = await zoneWith(["@", "MX", ["x"]], ["txt", "TXT", ["x"]]);
        for (const name of ["@", "www", "txt"]) await add(name);
        assert.deepEqual(await shown(), [
            `@ ALIAS ${target("@", zone)}`,
            "@ MX x",
            `txt. ALIAS ${target("txt", zone)}`,
            "txt. TXT x",
            `www. CNAME ${target("www", zone)}`,
        ]);
    });

    it("leave what leads elsewhere, unless they are to replace it, IPv6 too", async () => {
        const { zone, shown, add } = await zoneWith(
            ["www", "A", ["192.0.2.1"]],
            ["www", "AAAA", ["2001:db8::1"]],
            ["six", "AAAA", ["2001:db8::2"]],
        );
        const before = await shown();
        await add("www");
        await add("six");
        assert.deepEqual(await shown(), before);
        await add("www", { replace: true });
        await add("six", { replace: true });
        assert.deepEqual(await shown(), [`six. CNAME ${target("six", zone)}`, `www. CNAME ${target("www", zone)}`]);
    });

    it("stand in the nearest zone of the account only, and go without touching others", async () => {
        const { context, database, accountId, zone, shown, full } = await zoneWith(["www", "CNAME", ["other.example"]]);
        await insertZone(database, accountId, `dev.${zone}`);
        await addSiteRecord(context, database, accountId, `a.dev.${zone}`);
        await addSiteRecord(context, database, (await makeMember(context)).accountId, `b.${zone}`);
        assert.equal((await listRecords(database, accountId, `dev.${zone}`)).length, 1);
        await removeSiteRecords(context, database, accountId, []);
        await removeSiteRecords(context, database, accountId, [`a.dev.${zone}`, full("www")]);
        assert.deepEqual(await listRecords(database, accountId, `dev.${zone}`), []);
        assert.deepEqual(await shown(), ["www. CNAME other.example"]);
    });

    it("come and go with the hostname", async () => {
        const store = await sharedStore("PGlite");
        const context = { ...(await sharedContext()), store };
        const { account, application, environment } = await makeApplication(store);
        const zone = `${fresh("sr")}.example`;
        await insertZone(store.database, account.id, zone);
        const hostname = `www.${zone}`;
        const row = {
            hostname,
            account_id: account.id,
            application_id: application.id,
            environment_id: environment.id,
        };
        await attachHostname(context, store.database, row);
        assert.deepEqual((await listRecords(store.database, account.id, zone)).length, 1);
        await detachHostnames(context, store.database, account.id, { hostname });
        assert.deepEqual(await listRecords(store.database, account.id, zone), []);
        assert.equal(await findDomain(store.database, account.id, hostname), undefined);
    });
});
