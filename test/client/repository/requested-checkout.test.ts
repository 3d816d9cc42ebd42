import assert from "node:assert/strict";
import { Client } from "../../../client/client";
import { withAllBranches } from "../../../client/repository/all-branches";
import { type BranchAddress, mostPast } from "../../../client/repository/checkout";
import { readClonedHead, withClone } from "../../../client/repository/clone";
import { withClonedBranch } from "../../../client/repository/cloned-checkout";
import { commitOnKnown, withBranch } from "../../../client/repository/repository";
import { hasRequests } from "../../../client/repository/requested-checkout";
import { startFaultProxy } from "../../support/fault-proxy";
import { startPlatform } from "../../support/platform";
import { openBranch } from "../../support/ways";

/** The same branch, with requests through a proxy. */
async function through(address: BranchAddress, url: string): Promise<BranchAddress> {
    if (!hasRequests(address)) throw new Error("it has no requests");
    const client = new Client({ endpoint: url, token: address.token });
    return { ...address, requests: { ...address.requests, client } };
}

describe("a branch by request", function () {
    this.timeout(60_000);

    it("needs one request for any number of files, and as many as fit into addresses", async () => {
        const { session, address } = await openBranch("request");
        const proxy = await startFaultProxy(session.platform.url);
        const names = Array.from({ length: 60 }, (_, index) => `${"long".repeat(50)}/${index}.txt`);
        const edits = new Map(names.map((name) => [name, name]));
        await withBranch(address, (checkout) => checkout.commit(edits, "many"));
        await withBranch(await through(address, proxy.url), async (checkout) => {
            assert.equal(proxy.seen.length, 1);
            const three = names.slice(0, 3);
            assert.deepEqual((await Promise.all(three.map((name) => checkout.read(name)))).map(String), three);
            assert.equal(proxy.seen.length, 2);
            assert.deepEqual((await Promise.all(names.map((name) => checkout.read(name)))).map(String), names);
            assert.equal(proxy.seen.length, 5);
            await Promise.all(names.map((name) => checkout.read(name)));
            assert.equal(proxy.seen.length, 5, "nothing is read twice");
        });
        await proxy.close();
    });

    it("is read with git where a file is too large for a request, and by request where files fit into several", async () => {
        const { session, address } = await openBranch("request");
        const [large, half] = [Buffer.alloc(9 * 1024 * 1024, "l"), Buffer.alloc(5 * 1024 * 1024, "h")];
        const push = (edits: [string, Buffer][]) =>
            withClonedBranch(address, (clone) => clone.commit(new Map(edits), "large"));
        await push([
            ["half-1.txt", half],
            ["half-2.txt", half],
        ]);
        const proxy = await startFaultProxy(session.platform.url);
        await withBranch(await through(address, proxy.url), async (checkout) => {
            const both = await Promise.all(["half-1.txt", "half-2.txt"].map((file) => checkout.read(file)));
            assert.ok(both.every((data) => data?.equals(half)));
            assert.equal(proxy.seen.length, 3);
        });
        await push([["large.txt", large]]);
        for (const read of [
            () => withBranch(address, (checkout) => checkout.read("large.txt")),
            () =>
                withAllBranches(address, async (branches) =>
                    (await branches.checkOut(branches.head.commit)).read("large.txt"),
                ),
        ])
            assert.ok((await read())?.equals(large));
        await proxy.close();
    });

    it("is committed to with git where the commit is too large for a request", async () => {
        const platform = await startPlatform({ maxBodyBytes: 20_000 });
        try {
            const { account, application, gitUrl } = await platform.api.makeSite("Acme", "www.acme.example");
            const place = { organization: account, application, environment: "Production" };
            const client = new Client({ endpoint: platform.url, token: platform.token });
            const person = { name: "Pia", email: "pia@agency.example" };
            const address = {
                gitUrl,
                branch: "Production",
                token: platform.token,
                person,
                requests: { client, place },
            };
            const edits = new Map([["large.txt", "x".repeat(30_000)]]);
            const made = await withBranch(address, (checkout) => checkout.commit(edits, "large"));
            await withClonedBranch(address, async ({ head }) => assert.deepEqual(head, made));
            assert.equal(
                await commitOnKnown(address, made.commit, new Map([["l.txt", "y".repeat(30_000)]]), "x"),
                undefined,
            );
            const again = await withAllBranches(address, async (branches) =>
                (await branches.checkOut(made.commit)).commit(new Map([["l.txt", "y".repeat(30_000)]]), "larger"),
            );
            await withClone(address, ["--depth", "1"], async (git) =>
                assert.deepEqual(await readClonedHead(git), again),
            );
        } finally {
            await platform.close();
        }
    });

    it("says so where the platform sends another file, and tells as much of the past as git does", async () => {
        const { session, address } = await openBranch("request");
        const seen = await withBranch(address, async (checkout) => checkout.listPast(() => false));
        assert.ok(seen.length < mostPast);
        const client = Object.create(session.client, {
            write: {
                value: async (method: string, path: string, options: object) => {
                    const answer = await session.client.write(method as "GET", path, options as never);
                    const { contents } = answer as unknown as { contents?: Map<string, Buffer> };
                    if (contents?.has("varnish/default.vcl")) contents.set("varnish/default.vcl", Buffer.from("other"));
                    return answer;
                },
            },
        });
        const { requests } = address;
        await withBranch({ ...address, ...(requests && { requests: { ...requests, client } }) }, (checkout) =>
            assert.rejects(
                checkout.read("varnish/default.vcl"),
                /the platform sent varnish\/default\.vcl with other content than blob/,
            ),
        );
    });
});
