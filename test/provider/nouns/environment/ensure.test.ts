import assert from "node:assert/strict";
import type { EnvironmentInputs } from "section-model";
import { Client } from "../../../../client/client";
import { environmentNoun } from "../../../../provider/nouns/environment/environment";
import type { EnvironmentOutputs } from "../../../../provider/nouns/environment/observe";
import { settlePromote } from "../../../../provider/nouns/environment/seen-head";
import { type Found, Unfinished } from "../../../../provider/nouns/noun";
import { startFaultProxy } from "../../../support/fault-proxy";
import { mustGit } from "../../../support/git";
import { withFolder } from "../../../support/platform";
import { openTestSession, type TestSession, ways } from "../../../support/provider";
import { pushFiles } from "../../../support/push";
import { fresh } from "../../../support/stores";

const file = "varnish/default.vcl";
const vcl = (line: string) => `vcl 4.0;\n# ${line}\n`;

for (const way of ways)
    describe(`an environment that somebody deleted, by ${way}`, function () {
        this.timeout(120_000);

        async function makeDeleted() {
            const session = await openTestSession({ way });
            const hostname = `${fresh("again")}.acme.example`;
            const { account, application, gitUrl } = await session.platform.api.makeSite("Acme", hostname);
            const declare = (more: Partial<EnvironmentInputs>): EnvironmentInputs => ({
                application: `${account}/${application}`,
                name: "Staging",
                hostname: `staging.${hostname}`,
                ...more,
            });
            const before = await environmentNoun.ensure(
                session,
                declare({ config: { [file]: vcl("one"), "old.txt": "old\n" } }),
            );
            const at = `/account/${account}/application/${application}/environment/Staging`;
            await session.platform.api.must("DELETE", at);
            const ensure = async (known: Found<EnvironmentOutputs>, line: string, through?: TestSession) =>
                environmentNoun.ensure(
                    through ?? (await openTestSession({ way })),
                    declare({ config: { [file]: vcl(line) } }),
                    known,
                );
            const read = (path: string) =>
                withFolder(async (folder) => {
                    const { token } = session.settings;
                    await mustGit(folder, token, "clone", "--quiet", "--branch", "Staging", gitUrl, "clone");
                    return mustGit(`${folder}/clone`, undefined, "show", `HEAD:${path}`);
                });
            return { session, before, declare, ensure, read, gitUrl };
        }

        it("is made again with the content that is declared now, and the state knows it", async () => {
            const { before, ensure, read, declare } = await makeDeleted();
            const after = await ensure(before, "two");
            assert.notEqual(after.outputs.head, before.outputs.head);
            assert.equal(await read(file), vcl("two"));
            const observed = await environmentNoun.observe(await openTestSession({ way }), after.id, after.outputs);
            assert.deepEqual([observed?.outputs, observed?.inputs], [after.outputs, undefined]);
            assert.deepEqual(
                after.outputs.hostnames.map(({ hostname }) => hostname),
                [declare({}).hostname],
            );
        });

        it("had no commit, for a promotion that waits until one was seen there", async () => {
            const { before, ensure } = await makeDeleted();
            const session = await openTestSession({ way });
            const { outputs } = await ensure(before, "two", session);
            const promote = { environment: before.id, head: outputs.head };
            const kept = { promote: before.outputs.head };
            assert.deepEqual(settlePromote({ promote }, kept, session.memory), kept);
        });

        it("is conflict where somebody has made it again and changed it", async () => {
            const { session, before, ensure, declare, gitUrl } = await makeDeleted();
            await environmentNoun.ensure(await openTestSession({ way }), declare({}));
            const branch = "Staging";
            await pushFiles(session.settings.token, gitUrl, { branch, files: { [file]: vcl("theirs") } });
            await assert.rejects(ensure(before, "two"), /"by hand" moved branch Staging .* and changed varnish/);
        });

        it("is made again by a second attempt, or by the next operation, where the first one failed", async () => {
            const [again, later] = [await makeDeleted(), await makeDeleted()];
            const session = await openTestSession({ way });
            const proxy = await startFaultProxy(session.platform.url);
            proxy.decide(({ path }) => (path.endsWith("/user") ? "refuse" : "pass"));
            const fail = async ({ before, ensure }: typeof again) => {
                const client = new Client({ endpoint: proxy.url, token: session.settings.token });
                const error = await ensure(before, "two", { ...session, client }).catch((reason) => reason);
                assert.ok(error instanceof Unfinished, String(error));
                return error.found as Found<EnvironmentOutputs>;
            };
            await fail(again);
            await again.ensure(again.before, "two", session);
            assert.equal(await again.read(file), vcl("two"));
            await later.ensure(await fail(later), "two");
            await proxy.close();
            assert.equal(await later.read(file), vcl("two"));
        });
    });
