import assert from "node:assert/strict";
import { type EnvironmentInputs, parseEnvironmentId } from "section-model";
import { Client } from "../../../../client/client";
import { listEnvironments } from "../../../../client/environments";
import { environmentNoun } from "../../../../provider/nouns/environment/environment";
import { startFaultProxy } from "../../../support/fault-proxy";
import { openTestSession } from "../../../support/provider";
import { pushFiles } from "../../../support/push";
import { fresh } from "../../../support/stores";

const filesOf = (text: string) => ({ "varnish/note.txt": `${text}\n` });

describe("the content of a branch by request", function () {
    this.timeout(60_000);

    async function open() {
        const session = await openTestSession();
        const proxy = await startFaultProxy(session.platform.url);
        const connection = { endpoint: proxy.url, token: session.settings.token };
        const through = { ...session, client: new Client(connection) };
        const site = await session.platform.api.makeSite("Acme", `${fresh("sync")}.acme.example`);
        const application = `${site.account}/${site.application}`;
        const at = `/account/${site.account}/application/${site.application}/environment/Production`;
        const production = (more: Partial<EnvironmentInputs>) => ({ application, name: "Production", ...more });
        const first = await environmentNoun.ensure(through, production({ config: filesOf("one") }));
        /** The requests of some work, without what is asked once in a run. */
        const requestsOf = async (work: () => Promise<unknown>) => {
            const from = proxy.seen.length;
            await work();
            return proxy.seen
                .slice(from)
                .map(({ method, path }) => `${method} ${path.split("/").at(-1)?.split("?")[0]}`);
        };
        return { session, proxy, through, production, first, gitUrl: site.gitUrl, at, requestsOf };
    }

    it("is one request where the branch is at the remembered commit, and none where nothing changed", async () => {
        const { proxy, through, production, first, requestsOf } = await open();
        let known = first;
        const ensure = (inputs: EnvironmentInputs) => async () => {
            known = await environmentNoun.ensure(through, inputs, known);
        };
        const two = production({ config: { ...filesOf("two"), "a.txt": "a" } });
        const listed = "GET environment";
        assert.deepEqual(
            (await requestsOf(ensure(two))).filter((each) => each !== "GET application"),
            [listed, "POST commit"],
        );
        assert.deepEqual(await requestsOf(ensure(two)), [listed]);
        const moved = production({ ...two, origin: { address: "192.0.2.9" } });
        const requests = await requestsOf(ensure(moved));
        assert.deepEqual(requests.slice(-2), ["GET content", "POST commit"], "section.config.json has to be read");
        assert.equal((await environmentNoun.observe(through, known.id, known.outputs))?.inputs, undefined);
        await proxy.close();
    });

    it("is read where edits do not fit what nobody remembers, and refused with its name", async () => {
        const { session, through, production, first, gitUrl, proxy } = await open();
        await pushFiles(session.settings.token, gitUrl, { files: { "theirs/file": "theirs\n" } });
        const known = (await environmentNoun.observe(through, first.id, first.outputs)) ?? first;
        await assert.rejects(
            environmentNoun.ensure(through, production({ config: { ...filesOf("two"), theirs: "ours" } }), known),
            /theirs cannot be written: branch Production has theirs\/file/,
        );
        await proxy.close();
    });

    it("a commit whose reply is lost is asked for again, and there once", async () => {
        const { session, through, production, first, at, proxy } = await open();
        let lost = 0;
        proxy.decide(({ method, path }) => {
            if (method !== "POST" || !path.endsWith("/commit") || lost === 2) return "pass";
            lost += 1;
            return "lose-reply";
        });
        const second = await environmentNoun.ensure(through, production({ config: filesOf("two") }), first);
        assert.equal(lost, 2);
        const commits = await session.platform.api.get(`${at}/commits`);
        assert.deepEqual([commits.length, commits[0].commit], [3, second.outputs.head]);
        await proxy.close();
    });

    it("that somebody moves after the look at the list is a conflict all the same", async () => {
        const { session, through, production, first, gitUrl, proxy } = await open();
        // for seconds others share this answer
        await listEnvironments(through.client, parseEnvironmentId(first.id));
        await pushFiles(session.settings.token, gitUrl, { files: filesOf("theirs"), message: "meanwhile" });
        const late = environmentNoun.ensure(through, production({ config: filesOf("two") }), first);
        await assert.rejects(late, /"meanwhile" moved branch Production .* and changed varnish\/note\.txt/);
        await proxy.close();
    });
});
