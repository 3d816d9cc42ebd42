import assert from "node:assert/strict";
import {
    claimOrders,
    findKeyAuthorization,
    findOrder,
    finishOrder,
    noteOrder,
    releaseOrders,
    startDueOrders,
    startOrder,
    withdrawOrder,
} from "../../../platform/store/certificate-orders";
import { replaceCertificate } from "../../../platform/store/certificates";
import type { CertificateOrderRow } from "../../../platform/store/database";
import { deleteDomains } from "../../../platform/store/domains";
import { onEveryStore } from "../../support/stores";
import { makeDomain } from "./rows";

const minute = 60_000;
let clock = Date.parse("2030-01-01T00:00:00Z");
/** A time after all others, so that no test finds the orders of another due. */
const later = (ms = minute) => {
    clock += ms;
    return new Date(clock);
};
let claims = 0;
const claimAt = (now: Date) => {
    claims += 1;
    return { claim: `claim-${claims}`, until: new Date(now.getTime() + minute) };
};

onEveryStore("certificate orders", (store) => {
    beforeEach(() => store().database.deleteFrom("certificate_orders").execute());

    it("are for live hostnames that lack a certificate or have one that is due, once", async () => {
        const { database } = store();
        const now = later();
        const bare = await makeDomain(store(), true);
        await makeDomain(store(), false);
        const custom = await makeDomain(store(), true);
        await replaceCertificate(database, custom.certificate);
        const due = await makeDomain(store(), true);
        await replaceCertificate(database, { ...due.certificate, type: "letsencrypt", renew_from: now });
        const good = await makeDomain(store(), true);
        await replaceCertificate(database, {
            ...good.certificate,
            type: "letsencrypt",
            renew_from: new Date(now.getTime() + 1),
        });
        await database
            .updateTable("domains")
            .set({ engaged: false })
            .where(
                "hostname",
                "not in",
                [bare, custom, due, good].map(({ hostname }) => hostname),
            )
            .execute();
        assert.equal(await startDueOrders(database, now, 100), 2);
        assert.equal(await startDueOrders(database, now, 100), 0);
        const rows = await claimOrders(database, now, claimAt(now), 10);
        assert.deepEqual(new Set(rows.map(({ hostname }) => hostname)), new Set([bare.hostname, due.hostname]));
    });

    it("are claimed by one at a time, however many try at once, and again when a claim has run out", async () => {
        const { database } = store();
        const now = later();
        const domains = await Promise.all([makeDomain(store()), makeDomain(store()), makeDomain(store())]);
        for (const { hostname, account } of domains)
            await startOrder(database, { hostname, accountId: account.id, now });
        const taken = (
            await Promise.all(Array.from({ length: 8 }, () => claimOrders(database, now, claimAt(now), 2)))
        ).flat();
        assert.equal(taken.length, 3);
        assert.equal(new Set(taken.map(({ hostname }) => hostname)).size, 3);
        assert.deepEqual(await claimOrders(database, new Date(now.getTime() + minute - 1), claimAt(now), 9), []);
        assert.equal((await claimOrders(database, new Date(now.getTime() + minute), claimAt(now), 9)).length, 3);
        await releaseOrders(database);
        assert.equal((await claimOrders(database, now, claimAt(now), 9)).length, 3);
        if (store().isExclusive) return;
        await releaseOrders(database);
        await store().transact(async (transaction) => {
            assert.equal((await claimOrders(transaction, now, claimAt(now), 2)).length, 2);
            assert.equal(
                (await claimOrders(database, now, claimAt(now), 9)).length,
                1,
                "nobody waits for what another is about to take",
            );
        });
    });

    it("can be changed and ended by whoever has the claim, nobody else", async () => {
        const { database } = store();
        const now = later();
        const { hostname, account } = await makeDomain(store());
        await startOrder(database, { hostname, accountId: account.id, now });
        const [mine] = (await claimOrders(database, now, claimAt(now), 9)) as [CertificateOrderRow];
        assert.equal(
            await noteOrder(database, mine, {
                order_url: "u",
                challenge_token: "t",
                key_authorization: "t.x",
                private_key: Buffer.from([1, 2]),
            }),
            true,
        );
        const stolen = { ...mine, claim: "other" };
        assert.equal(await noteOrder(database, stolen, { order_url: "v" }), false);
        assert.equal(await noteOrder(database, { ...mine, account_id: account.id + 1 }, { order_url: "v" }), false);
        assert.equal(await finishOrder(database, stolen), false);
        const row = await findOrder(database, account.id, hostname);
        assert.deepEqual([row?.order_url, row?.private_key], ["u", Buffer.from([1, 2])]);
        assert.equal(await findOrder(database, account.id + 1, hostname), undefined);
        assert.equal(await findKeyAuthorization(database, hostname, "t"), "t.x");
        assert.equal(await findKeyAuthorization(database, hostname, "s"), undefined);
        assert.equal(await findKeyAuthorization(database, "other.example", "t"), undefined);
        assert.equal(await finishOrder(database, mine), true);
        assert.equal(await findKeyAuthorization(database, hostname, "t"), undefined);
    });

    it("begin again when they are asked for, unless somebody works on them", async () => {
        const { database } = store();
        const now = later();
        const { hostname, account } = await makeDomain(store());
        const start = (at: Date) => startOrder(database, { hostname, accountId: account.id, now: at });
        await start(now);
        const [row] = (await claimOrders(database, now, claimAt(now), 9)) as [CertificateOrderRow];
        await start(later(1));
        assert.deepEqual((await findOrder(database, account.id, hostname))?.claim, row.claim);
        await noteOrder(database, row, {
            attempts: 5,
            due_at: null,
            last_error: "no",
            claim: null,
            claimed_until: null,
        });
        assert.deepEqual(await claimOrders(database, later(), claimAt(now), 9), [], "given up");
        const again = later();
        await start(again);
        const { attempts, due_at, last_error } = (await findOrder(
            database,
            account.id,
            hostname,
        )) as CertificateOrderRow;
        assert.deepEqual([attempts, due_at, last_error], [0, again, null]);
    });

    it("end with their domain, and when they are withdrawn", async () => {
        const { database } = store();
        const now = later();
        const one = await makeDomain(store());
        const other = await makeDomain(store());
        for (const { hostname, account } of [one, other])
            await startOrder(database, { hostname, accountId: account.id, now });
        await deleteDomains(database, one.account.id, { hostname: one.hostname });
        await withdrawOrder(database, other.account.id + 1, other.hostname);
        assert.deepEqual(
            (await claimOrders(database, now, claimAt(now), 9)).map(({ hostname }) => hostname),
            [other.hostname],
        );
        await withdrawOrder(database, other.account.id, other.hostname);
        assert.equal(await findOrder(database, other.account.id, other.hostname), undefined);
    });
});
