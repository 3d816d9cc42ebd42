import assert from "node:assert/strict";
import { Authority } from "../../../platform/acme/authority";
import { loadAccountKey } from "../../../platform/service/acme-account";
import { createApplication } from "../../../platform/service/applications";
import { workOrders } from "../../../platform/service/certificate-orders";
import { mostAttempts } from "../../../platform/service/certificate-schedule";
import type { Context } from "../../../platform/service/context";
import { findOrder, startOrder } from "../../../platform/store/certificate-orders";
import { type AcmeScript, startAcmeScript } from "../../support/acme-script";
import { makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

// what succeeds is shown with a real authority in test/stories/certificates.story.ts
describe("work on certificate orders", () => {
    before(async function () {
        this.timeout(60_000);
        await sharedContext();
    });

    async function makeSites(context: Context, count: number) {
        const member = await makeMember(context);
        const hostnames = Array.from({ length: count }, () => `${fresh("ord")}.acme.example`);
        for (const hostname of hostnames) await createApplication(context, member, { hostname, origin: "192.0.2.1" });
        await context.store.database
            .updateTable("domains")
            .set({ engaged: true })
            .where("hostname", "in", hostnames)
            .execute();
        const find = async (hostname = hostnames[0] as string) =>
            findOrder(context.store.database, member.accountId, hostname);
        const forget = () => context.store.database.deleteFrom("domains").where("hostname", "in", hostnames).execute();
        return { hostnames, member, find, forget };
    }

    async function withAuthority(
        script: AcmeScript,
        work: (context: Context & { authority: Authority }, warnings: string[]) => Promise<void>,
    ): Promise<void> {
        const shared = await sharedContext();
        const directory = `${script.url}/dir`;
        const authority = new Authority({ directory, ca: script.ca, loadKey: () => loadAccountKey(shared, directory) });
        const warnings: string[] = [];
        try {
            await work({ ...shared, authority, warn: (message) => void warnings.push(message) }, warnings);
        } finally {
            await authority.close();
            await script.close();
        }
    }

    it("is bounded, and given back at once when the platform stops", async () => {
        const script = await startAcmeScript((path) => (path === "/orders" ? "silence" : undefined));
        await withAuthority(script, async (context) => {
            const { hostnames, find, forget } = await makeSites(context, 7);
            const works = [workOrders(context), workOrders(context), workOrders(context)];
            while (script.posts.filter(({ path }) => path === "/orders").length < 4)
                await new Promise((resolve) => setTimeout(resolve, 10));
            assert.equal(await workOrders(context), 0);
            await new Promise((resolve) => setTimeout(resolve, 100));
            assert.equal(script.posts.filter(({ path }) => path === "/orders").length, 4);
            await context.authority.close();
            assert.equal(
                (await Promise.all(works)).reduce((sum, each) => sum + each, 0),
                4,
            );
            const rows = await Promise.all(hostnames.map(find));
            assert.deepEqual(
                rows.map((row) => [row?.claim, row?.attempts, row?.last_error]),
                hostnames.map(() => [null, 0, null]),
            );
            assert.equal(await workOrders(context), 0, "it has stopped");
            await forget();
        });
    });

    it("waits as long as an authority says, and ends after many failures until somebody asks", async () => {
        const limited = {
            status: 429,
            headers: { "retry-after": "7200" },
            body: { type: "urn:ietf:params:acme:error:rateLimited", detail: "too many" },
        };
        const script = await startAcmeScript((path) => (path === "/orders" ? limited : undefined));
        await withAuthority(script, async (context, warnings) => {
            const { hostnames, member, find, forget } = await makeSites(context, 1);
            const [hostname] = hostnames as [string];
            const before = Date.now();
            assert.equal(await workOrders(context), 1);
            const row = await find();
            assert.equal(row?.last_error, `The certificate of ${hostname} could not be issued: too many`);
            assert.ok((row?.due_at?.getTime() as number) >= before + 7_200_000);
            assert.deepEqual([row?.attempts, row?.claim, warnings], [1, null, ["a certificate could not be issued"]]);
            await context.store.database
                .updateTable("certificate_orders")
                .set({ attempts: mostAttempts - 1, due_at: new Date(0) })
                .where("hostname", "=", hostname)
                .execute();
            assert.equal(await workOrders(context), 1);
            assert.deepEqual([(await find())?.due_at, (await find())?.attempts], [null, mostAttempts]);
            assert.equal(await workOrders(context), 0);
            await startOrder(context.store.database, { hostname, accountId: member.accountId, now: new Date() });
            assert.equal(await workOrders(context), 1);
            await forget();
        });
    });

    it("is none without an authority", async () => {
        const context = await sharedContext();
        const { find, forget } = await makeSites(context, 1);
        assert.equal(await workOrders(context), 0);
        assert.equal(await find(), undefined);
        await forget();
    });
});
