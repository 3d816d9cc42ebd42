import assert from "node:assert/strict";
import { insertApplication, moveApplication } from "../../../platform/store/applications";
import { insertDomain } from "../../../platform/store/domains";
import { insertEnvironment, moveEnvironment } from "../../../platform/store/environments";
import {
    countRecords,
    deleteAliasesToEdge,
    deleteRecords,
    listRecords,
    listServedNames,
    putRecord,
} from "../../../platform/store/zone-records";
import { insertZone } from "../../../platform/store/zones";
import { fresh, onEveryStore } from "../../support/stores";
import { makeAccount, makeApplication } from "./rows";

onEveryStore("zone records", (store) => {
    async function makeZone() {
        const made = await makeApplication(store());
        const zone = `${fresh("rec")}.example`;
        await insertZone(store().database, made.account.id, zone);
        return { ...made, zone };
    }

    it("are one a name and type, with data of any form, in their own account only", async () => {
        const { database } = store();
        const { account, zone } = await makeZone();
        const { account: stranger } = await makeAccount(store());
        const mx = {
            name: zone,
            type: "MX" as const,
            ttlSeconds: 300,
            data: [{ preference: 10, exchange: "mail.example" }, "x"],
        };
        await putRecord(database, account.id, zone, mx);
        await putRecord(database, account.id, zone, { ...mx, type: "TXT", data: ["a"] });
        await putRecord(database, account.id, zone, { ...mx, ttlSeconds: 600 });
        assert.deepEqual(await listRecords(database, account.id, zone), [
            { ...mx, ttlSeconds: 600 },
            { ...mx, type: "TXT", data: ["a"] },
        ]);
        assert.deepEqual(await listRecords(database, account.id, zone, `www.${zone}`), []);
        assert.deepEqual(await listRecords(database, stranger.id, zone), []);
        assert.equal(await deleteRecords(database, stranger.id, zone, zone, ["MX", "TXT"]), 0);
        assert.equal(await countRecords(database, account.id, zone), 2);
        assert.equal(await deleteRecords(database, account.id, zone, zone, ["MX", "A"]), 1);
    });

    it("that lead to the platform go, what leads elsewhere stays", async () => {
        const { database } = store();
        const { account, zone } = await makeZone();
        const put = (label: string, type: "CNAME" | "ALIAS" | "A", data: string) =>
            putRecord(database, account.id, zone, { name: `${label}.${zone}`, type, ttlSeconds: 300, data: [data] });
        await put("a", "CNAME", `a.${zone}.edge.example`);
        await put("b", "ALIAS", `b.${zone}.edge.example`);
        await put("c", "CNAME", "elsewhere.example");
        await put("d", "A", "192.0.2.1");
        await put("e", "CNAME", `e.${zone}.edge.example`);
        await deleteAliasesToEdge(database, account.id + 1, [`e.${zone}`], "edge.example");
        await deleteAliasesToEdge(
            database,
            account.id,
            ["a", "b", "c", "d"].map((label) => `${label}.${zone}`),
            "edge.example",
        );
        assert.deepEqual(
            (await listRecords(database, account.id, zone)).map(({ name }) => name[0]),
            ["c", "d", "e"],
        );
    });

    it("know the environments that serve their names, those of split applications too", async () => {
        const { database } = store();
        const { account, application, environment, zone } = await makeZone();
        const split = await insertApplication(database, account.id, "split", {
            root_id: application.id,
            path_prefix: "/shop/",
        });
        const shared = await insertEnvironment(database, account.id, split.id, "Production");
        const add = (hostname: string) =>
            insertDomain(database, {
                hostname,
                account_id: account.id,
                application_id: application.id,
                environment_id: environment.id,
            });
        await add(`www.${zone}`);
        await add(`www.x${zone}`);
        const root = {
            hostname: `www.${zone}`,
            environment_id: environment.id,
            environment_name: "Production",
            application_id: application.id,
            application_name: application.name,
        };
        assert.deepEqual(await listServedNames(database, account.id, zone), [root], "what is not ready does not serve");
        await moveApplication(database, account.id, split.id, "creating", "ready");
        await moveEnvironment(database, account.id, shared.id, "creating", "ready");
        assert.deepEqual(await listServedNames(database, account.id, zone), [
            root,
            { ...root, environment_id: shared.id, application_id: split.id, application_name: "split" },
        ]);
        assert.deepEqual(await listServedNames(database, account.id + 1, zone), []);
    });
});
