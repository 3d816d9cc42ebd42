import assert from "node:assert/strict";
import type { Lifecycle } from "../../provider/protocol/lifecycle";
import { type FaultProxy, isMutating, startFaultProxy } from "../support/fault-proxy";
import { startLifecycles } from "../support/operation";
import { type RunningPlatform, startPlatform } from "../support/platform";

type Properties = Record<string, unknown>;

/** `SECTION_TEST_LOST=2000` is the run of the scorecard in docs/durability.md. */
const wanted = Number(process.env.SECTION_TEST_LOST ?? 200);

describe("replies that are lost", () => {
    let platform: RunningPlatform;
    let proxy: FaultProxy;
    before(async () => {
        proxy = await startFaultProxy(() => platform.url);
        platform = await startPlatform({ publicUrl: proxy.url }); // so that git goes through it too
    });
    after(async () => {
        await proxy.close();
        await platform.close();
    });

    let lost = 0;
    /** The engine starts a process of the provider for each operation. */
    const begin = () => startLifecycles({ endpoint: proxy.url, token: platform.token });

    /**
     * Runs `work` once for each of its mutating calls, with that call's reply lost. The result has to be the same as
     * without a loss.
     */
    function loseOne(nth: number): () => boolean {
        let count = 0;
        let hit = false;
        proxy.decide((request) => {
            if (!isMutating(request)) return "pass";
            count += 1;
            if (count !== nth) return "pass";
            hit = true;
            lost += 1;
            return "lose-reply";
        });
        return () => hit;
    }

    async function create(lifecycle: Lifecycle, inputs: Properties, nth: number) {
        const { inputs: checked, failures } = await lifecycle.check({}, inputs);
        assert.deepEqual(failures, []);
        const wasHit = loseOne(nth);
        const made = await lifecycle.create({ ...checked, __provider: "x" });
        assert.ok(wasHit(), "no reply was lost");
        proxy.decide(() => "pass");
        const again = await lifecycle.read(made.id, made.outs);
        assert.deepEqual(again.props, made.outs, "what is read is what was returned");
        assert.deepEqual(await lifecycle.diff(made.id, made.outs, checked), { changes: false });
        return made;
    }

    async function update(
        lifecycle: Lifecycle,
        id: string,
        outs: Properties,
        news: Properties,
        nth: number,
    ): Promise<Properties> {
        const wasHit = loseOne(nth);
        const updated = await lifecycle.update(id, outs, { ...news, __provider: "x" });
        assert.ok(wasHit(), "no reply was lost");
        proxy.decide(() => "pass");
        assert.deepEqual((await lifecycle.read(id, updated.outs as Properties)).props, updated.outs);
        return updated.outs as Properties;
    }

    async function remove(lifecycle: Lifecycle, id: string, outs: Properties): Promise<void> {
        const wasHit = loseOne(1);
        await lifecycle.delete(id, outs);
        assert.ok(wasHit(), "no reply was lost");
        proxy.decide(() => "pass");
        assert.deepEqual(await lifecycle.read(id, outs), {}, "it is gone");
    }

    it(`${wanted} of them, of every mutating call, change nothing of what comes out`, async () => {
        for (let round = 0; lost < wanted; round += 1) {
            const creating = begin();
            const name = `Round ${round}`;
            const acme = await create(creating.organization, { name }, 1);
            const renamed = await update(creating.organization, acme.id, acme.outs, { name: `${name} & Sons` }, 1);
            const jane = await create(
                creating.membership,
                { organization: acme.id, email: `jane${round}@agency.example`, role: "readonly" },
                1,
            );
            const promoted = await update(
                creating.membership,
                jane.id,
                jane.outs,
                { organization: acme.id, email: `jane${round}@agency.example`, role: "state" },
                1,
            );
            const www = await create(
                creating.application,
                { organization: acme.id, hostname: `www${round}.acme.example`, origin: "192.0.2.1" },
                1,
            );
            const moved = await update(
                creating.application,
                www.id,
                www.outs,
                { organization: acme.id, hostname: `www${round}.acme.example`, origin: "192.0.2.2" },
                1,
            );
            const environment = {
                application: www.id,
                name: "Staging",
                hostname: `staging${round}.acme.example`,
                config: { "varnish/note.txt": "one\n" },
            };
            // call 1 makes it; the push reads (GET), then writes: the last call
            const staging = await create(creating.environment, environment, round % 2 === 0 ? 1 : 2);
            const pushed = await update(
                creating.environment,
                staging.id,
                staging.outs,
                { ...environment, config: { "varnish/note.txt": "two\n" } },
                1,
            );
            const shop = await create(
                creating.domain,
                { environment: staging.id, hostname: `shop${round}.acme.example` },
                1,
            );

            const commits = await platform.api.get(
                `/account/${acme.id}/application/${www.id.split("/")[1]}/environment/Staging/commits`,
            );
            assert.deepEqual(
                commits.map(({ message }: { message: string }) => message.split("\n")[0]).slice(0, 3),
                [
                    "Configure Staging: varnish/note.txt",
                    "Configure Staging: varnish/note.txt",
                    "Create environment Staging",
                ],
                "no commit stands twice",
            );
            assert.equal((await platform.api.get("/account")).length, 1, "no organization stands twice");

            const deleting = begin();
            await remove(deleting.domain, shop.id, shop.outs);
            await remove(deleting.environment, staging.id, pushed);
            await remove(deleting.application, www.id, moved);
            await remove(deleting.membership, jane.id, promoted);
            await remove(deleting.organization, acme.id, renamed);
            assert.deepEqual(await platform.api.get("/account"), [], "nothing is orphaned");
        }
        console.log(`      ${lost} replies lost: 0 changes lost, 0 objects twice, 0 orphans`);
    });
});
