import assert from "node:assert/strict";
import {
    deleteZoneRow,
    findZone,
    findZoneAround,
    insertZone,
    isZoneElsewhere,
    listZoneRows,
    lockZone,
    lockZones,
} from "../../../platform/store/zones";
import { fresh, onEveryStore } from "../../support/stores";
import { makeAccount } from "./rows";

onEveryStore("zones", (store) => {
    it("belong to one account and are found from the names in them, the nearest first", async () => {
        const { database } = store();
        const { account } = await makeAccount(store());
        const { account: stranger } = await makeAccount(store());
        const zone = `${fresh("zone")}.example`;
        await insertZone(database, account.id, zone);
        await insertZone(database, account.id, `dev.${zone}`);
        const around = async (hostname: string, accountId = account.id) =>
            (await findZoneAround(database, accountId, hostname))?.name;
        assert.equal(await around(`www.${zone}`), zone);
        assert.equal(await around(`a.b.dev.${zone}`), `dev.${zone}`);
        assert.equal(await around(zone), zone);
        assert.equal(await around(`x${zone}`), undefined);
        assert.equal(await around(`www.${zone}`, stranger.id), undefined);
        assert.deepEqual(
            (await listZoneRows(database, account.id)).map(({ name }) => name),
            [`dev.${zone}`, zone],
        );
        assert.equal(await findZone(database, stranger.id, zone), undefined);
        assert.equal(await lockZone(database, stranger.id, zone), undefined);
        assert.equal(await deleteZoneRow(database, stranger.id, zone), false);
        assert.equal(await deleteZoneRow(database, account.id, zone), true);
    });

    it("of another account are elsewhere, with every name above and below", async () => {
        const { database } = store();
        const { account } = await makeAccount(store());
        const { account: stranger } = await makeAccount(store());
        const zone = `a_b.${fresh("zone")}.example`;
        await insertZone(database, account.id, zone);
        const parent = zone.slice(zone.indexOf(".") + 1);
        for (const name of [zone, `www.${zone}`, parent])
            assert.equal(await isZoneElsewhere(database, stranger.id, name), true, name);
        for (const name of [`x${zone}`, `axb.${parent}`, `other.${parent}`])
            assert.equal(await isZoneElsewhere(database, stranger.id, name), false, name);
        assert.equal(await isZoneElsewhere(database, account.id, zone), false);
    });

    it("can be held, so that of two that overlap one sees the other", async () => {
        const { account } = await makeAccount(store());
        const { account: stranger } = await makeAccount(store());
        const zone = `${fresh("zone")}.example`;
        const add = (accountId: number, name: string) =>
            store().transact(async (transaction) => {
                await lockZones(transaction);
                if (await isZoneElsewhere(transaction, accountId, name)) return false;
                await insertZone(transaction, accountId, name);
                return true;
            });
        const added = await Promise.all([
            add(account.id, zone),
            add(stranger.id, `sub.${zone}`),
            add(stranger.id, `a.sub.${zone}`),
        ]);
        assert.ok(added[0] !== added[1], `${added}`);
    });
});
