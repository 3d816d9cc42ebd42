import assert from "node:assert/strict";
import type { Lifecycle } from "../../provider/protocol/lifecycle";
import { claimantProperty, writeClaimant } from "../../provider/run/claimant";
import { captureLines } from "../support/capture-lines";
import { startFaultProxy } from "../support/fault-proxy";
import { startLifecycles } from "../support/operation";
import { startPlatform } from "../support/platform";

type Properties = Record<string, unknown>;

const sizes = [20, 60];
/** The engine's usual number of steps at once. */
const parallel = 8;
/** Of a whole operation: what the endpoint is, who asks, and the lists that all share. */
const mostShared = 8;
/** Two lists are read again once they are that old, as on a busy machine. */
const listsAgain = { count: 2, everyMs: 5_000 };

interface Place {
    organization: string;
    application: string;
    environment: string;
}

interface Counted {
    kind: "organization" | "membership" | "application" | "environment" | "domain";
    declare(index: number, place: Place, isChanged: boolean): Properties;
    /** The most requests that one resource costs in an operation. */
    most: { create: number; update: number; delete: number };
}

const resources: Counted[] = [
    {
        kind: "organization",
        declare: (index, _, isChanged) => ({ name: `Client ${index}${isChanged ? " & Sons" : ""}` }),
        most: { create: 1, update: 1, delete: 1 },
    },
    {
        kind: "membership",
        declare: (index, { organization }, isChanged) => ({
            organization,
            email: `person-${index}@agency.example`,
            role: isChanged ? "state" : "readonly",
        }),
        most: { create: 1, update: 1, delete: 1 },
    },
    {
        kind: "application",
        declare: (index, { organization }, isChanged) => ({
            organization,
            hostname: `site-${index}.acme.example`,
            origin: isChanged ? "192.0.2.2" : "192.0.2.1",
        }),
        // whether the hostname is free; the origin before it changes; the hostnames that go, and whether each is live
        most: { create: 2, update: 2, delete: 3 },
    },
    {
        kind: "environment",
        declare: (index, { application }, isChanged) => ({
            application,
            name: `Stage${index}`,
            hostname: `stage-${index}.acme.example`,
            config: { "robots.txt": isChanged ? "User-agent: *\n" : "" },
        }),
        // whether the hostname is free, the new branch, its files, and its commit; the commit; which environments there
        // are, and whether the hostname is live
        most: { create: 4, update: 1, delete: 3 },
    },
    {
        kind: "domain",
        declare: (index, { environment }) => ({ environment, hostname: `alias-${index}.acme.example` }),
        most: { create: 2, update: 0, delete: 2 },
    },
];

/** Work for each of a list, as many at once as the engine does. */
async function forEach<T, R>(items: readonly T[], work: (item: T, index: number) => Promise<R>): Promise<R[]> {
    const results: R[] = [];
    const queue = [...items.entries()];
    const next = async (): Promise<void> => {
        for (let one = queue.shift(); one !== undefined; one = queue.shift())
            results[one[0]] = await work(one[1], one[0]);
    };
    await Promise.all(Array.from({ length: parallel }, next));
    return results;
}

describe("requests", () => {
    for (const { kind, declare, most } of resources)
        it(`of one ${kind} are as many in a large estate as in a small one`, async () => {
            const platform = await startPlatform();
            const proxy = await startFaultProxy(platform.url);
            let hostnames: string | undefined; // as a program tells them with each declaration
            const begin = () => startLifecycles({ endpoint: proxy.url, token: platform.token });
            const claimed = (resource: string, inputs: Properties) => ({
                ...inputs,
                [claimantProperty]: writeClaimant({
                    project: "agency",
                    stack: "prod",
                    resource,
                    isPreview: false,
                    hostnames,
                }),
            });
            const checked = async (lifecycle: Lifecycle, resource: string, olds: Properties, inputs: Properties) => {
                const { inputs: news, failures } = await lifecycle.check(olds, claimed(resource, inputs));
                assert.deepEqual(failures, []);
                return news;
            };
            const make = async (lifecycle: Lifecycle, resource: string, inputs: Properties) =>
                lifecycle.create(await checked(lifecycle, resource, {}, inputs));
            try {
                const first = begin();
                const { id: organization } = await make(first.organization, "acme", { name: "Acme" });
                const site = { organization, hostname: "www.acme.example", origin: "192.0.2.1" };
                const { id: application } = await make(first.application, "www", site);
                const place = { organization, application, environment: `${application}/Production` };
                for (const size of sizes) {
                    const count = async <R>(phase: string, mostEach: number, work: () => Promise<R>): Promise<R> => {
                        const before = proxy.seen.length;
                        const began = performance.now();
                        const result = await work();
                        const again = Math.floor((performance.now() - began) / listsAgain.everyMs) * listsAgain.count;
                        const sent = proxy.seen.slice(before);
                        const listed = sent.map(({ method, path }) => `${method} ${path}`).join("\n");
                        assert.ok(
                            sent.length <= size * mostEach + mostShared + again,
                            `${phase} of ${size} sent ${sent.length} requests:\n${listed}`,
                        );
                        return result;
                    };
                    const names = Array.from({ length: size }, (_, index) => `${size}-${index}`);
                    const inputsOf = (index: number, isChanged = false) =>
                        declare(size * 1000 + index, place, isChanged);
                    const declared = names.flatMap((_, index) => inputsOf(index).hostname ?? []);
                    hostnames = declared.length === 0 ? undefined : declared.join(" ");
                    const made = await count("a create", most.create, () => {
                        const { [kind]: lifecycle } = begin();
                        return forEach(names, (name, index) => make(lifecycle, name, inputsOf(index)));
                    });
                    const updated = await count("an update", most.update, () => {
                        const { [kind]: lifecycle } = begin();
                        return forEach(made, async ({ id, outs }, index) => {
                            if (most.update === 0) return { id, outs };
                            const name = names[index] as string;
                            const news = await checked(lifecycle, name, inputsOf(index), inputsOf(index, true));
                            await lifecycle.diff(id, outs, news);
                            return { id, outs: (await lifecycle.update(id, outs, news)).outs as Properties };
                        });
                    });
                    await count("a refresh", 0, () => {
                        const { [kind]: lifecycle } = begin();
                        return forEach(updated, ({ id, outs }) => lifecycle.read(id, outs));
                    });
                    await count("a delete", most.delete, () => {
                        const { [kind]: lifecycle } = begin();
                        // each live hostname that the DNS says nothing of is a line
                        return captureLines(() => forEach(updated, ({ id, outs }) => lifecycle.delete(id, outs)));
                    });
                }
            } finally {
                await proxy.close();
                await platform.close();
            }
        }).timeout(120_000);
});
