import assert from "node:assert/strict";
import * as dynamic from "../../provider/dynamic";
import type { Lifecycle } from "../../provider/protocol/lifecycle";
import { type FaultProxy, isMutating, startFaultProxy } from "../support/fault-proxy";
import { owner, type RunningPlatform, startPlatform } from "../support/platform";

type Properties = Record<string, unknown>;

const wanted = 200;

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

    /**
     * The engine starts a process of the provider for each operation; with a token of its own, nothing is remembered of
     * the one before.
     */
    async function beginOperation(): Promise<void> {
        const token = await platform.tokenFor(owner.email);
        const config = {
            get: (key: string) => ({ "section-provider:endpoint": proxy.url, "section-provider:token": token })[key],
        };
        for (const lifecycle of Object.values(dynamic)) await lifecycle.configure({ config });
    }

    /**
     * Runs `work` once for each of its mutating calls, with that call's reply lost; everything has to come out as if
     * nothing had been.
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
            await beginOperation();
            const name = `Round ${round}`;
            const acme = await create(dynamic.organization, { name }, 1);
            const renamed = await update(dynamic.organization, acme.id, acme.outs, { name: `${name} & Sons` }, 1);
            const jane = await create(
                dynamic.membership,
                { organization: acme.id, email: `jane${round}@agency.example`, role: "readonly" },
                1,
            );
            const promoted = await update(
                dynamic.membership,
                jane.id,
                jane.outs,
                { organization: acme.id, email: `jane${round}@agency.example`, role: "state" },
                1,
            );
            const www = await create(
                dynamic.application,
                { organization: acme.id, hostname: `www${round}.acme.example`, origin: "192.0.2.1" },
                1,
            );
            const moved = await update(
                dynamic.application,
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
            const staging = await create(dynamic.environment, environment, round % 2 === 0 ? 1 : 2);
            const pushed = await update(
                dynamic.environment,
                staging.id,
                staging.outs,
                { ...environment, config: { "varnish/note.txt": "two\n" } },
                1,
            );
            const shop = await create(
                dynamic.domain,
                { environment: staging.id, hostname: `shop${round}.acme.example` },
                1,
            );

            const commits = await platform.api.get(
                `/account/${acme.id}/application/${www.id.split("/")[1]}/environment/Staging/commits`,
            );
            assert.deepEqual(
                commits.map(({ message }: { message: string }) => message).slice(0, 3),
                ["Configure Staging with Pulumi", "Configure Staging with Pulumi", "Create environment Staging"],
                "no commit stands twice",
            );
            assert.equal((await platform.api.get("/account")).length, 1, "no organization stands twice");

            await beginOperation();
            await remove(dynamic.domain, shop.id, shop.outs);
            await remove(dynamic.environment, staging.id, pushed);
            await remove(dynamic.application, www.id, moved);
            await remove(dynamic.membership, jane.id, promoted);
            await remove(dynamic.organization, acme.id, renamed);
            assert.deepEqual(await platform.api.get("/account"), [], "nothing is orphaned");
        }
        console.log(`      ${lost} replies lost: 0 changes lost, 0 objects twice, 0 orphans`);
    });
});
