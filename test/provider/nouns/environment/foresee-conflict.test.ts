import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "../../../../client/client";
import { environmentNoun } from "../../../../provider/nouns/environment/environment";
import { foreseeConflict } from "../../../../provider/nouns/environment/foresee-conflict";
import { identityOf, noteClaimant } from "../../../../provider/run/claimant";
import { unknownValue } from "../../../../provider/run/unknown";
import { startFaultProxy } from "../../../support/fault-proxy";
import { openTestSession, ways } from "../../../support/provider";
import { pushFiles } from "../../../support/push";
import { fresh } from "../../../support/stores";

const file = "varnish/default.vcl";
const vcl = (line: string) => `vcl 4.0;\n# ${line}\n`;

for (const way of ways)
    describe(`a foreign push that a preview finds, by ${way}`, function () {
        this.timeout(120_000);

        async function makeProduction() {
            const session = await openTestSession({ way });
            const hostname = `${fresh("foreign")}.acme.example`;
            const { account, application } = await session.platform.api.makeSite("Acme", hostname);
            const declared = { application: `${account}/${application}`, name: "Production" };
            const found = await environmentNoun.ensure(session, { ...declared, config: { [file]: vcl("ours") } });
            const push = (files: Record<string, string>) =>
                pushFiles(session.settings.token, found.outputs.gitUrl, { files });
            return { session, found, push };
        }
        // as outputs remember a declaration: other content has another id
        const changed = { files: { [file]: "1".repeat(40) } };

        it("is nothing while the branch is where the state remembers it", async () => {
            const { session, found } = await makeProduction();
            await foreseeConflict(await openTestSession({ way }), found, changed);
            assert.deepEqual(session.told, []);
        });

        it("is refused where the declaration would undo it: who, when, and what", async () => {
            const { found, push } = await makeProduction();
            await push({ [file]: vcl("theirs") });
            await assert.rejects(foreseeConflict(await openTestSession({ way }), found, changed), {
                code: "head-moved",
                message:
                    /commit [0-9a-f]{10} "by hand" moved branch Production from [0-9a-f]{10} to [0-9a-f]{10} and changed varnish\/default\.vcl\. Run `pulumi refresh`/,
            });
        });

        it("is a line where it touches nothing that is declared", async () => {
            const { found, push } = await makeProduction();
            await push({ "robots.txt": "User-agent: *\n" });
            const session = await openTestSession({ way });
            await foreseeConflict(session, found, changed);
            assert.match(
                session.told.join("\n"),
                /^environment \d+\/\d+\/Production: .* commit [0-9a-f]{10} "by hand" moved branch Production from [0-9a-f]{10} to [0-9a-f]{10}; that stays$/,
            );
        });

        it("is a line where somebody deleted the environment alone: who, and that it is made again", async () => {
            const { session, found } = await makeProduction();
            const { application } = found.outputs;
            const hostname = `${fresh("foreign-staging")}.acme.example`;
            const staging = await environmentNoun.ensure(session, { application, name: "Staging", hostname });
            const site = `/account/${application.replace("/", "/application/")}`;
            await session.platform.api.must("DELETE", `${site}/environment/Staging`);
            const later = await openTestSession({ way });
            await foreseeConflict(later, staging, changed);
            assert.match(
                later.told.join("\n"),
                /^environment \d+\/\d+\/Staging is gone: deleted by Olga Owner <.*, request [\d.]+; this change makes it again, and `pulumi refresh` says what else went with it$/,
            );
        });

        it("waits for a commit that is not known yet", async () => {
            const { found, push } = await makeProduction();
            await push({ [file]: vcl("theirs") });
            const session = await openTestSession({ way });
            await foreseeConflict(session, found, { promote: unknownValue });
            assert.deepEqual(session.told, []);
        });

        it("is refused where a promotion would undo it", async () => {
            const { found, push } = await makeProduction();
            await push({ "robots.txt": "User-agent: *\n" });
            const promoted = { ...found, outputs: { ...found.outputs, promote: found.outputs.head as string } };
            await assert.rejects(
                foreseeConflict(await openTestSession({ way }), promoted, { promote: found.outputs.head }),
                { code: "head-moved", message: /"by hand" moved branch Production .* and changed robots\.txt\./ },
            );
        });
    });

describe("the look at a branch before a step", function () {
    this.timeout(60_000);

    /** The requests that reach the endpoint before it tells the environments. */
    async function askedMeanwhile(environment: string, isPreview: boolean): Promise<string[]> {
        const session = await openTestSession();
        const hostname = `${fresh("ahead")}.acme.example`;
        const { account, application } = await session.platform.api.makeSite("Acme", hostname);
        const id = `${account}/${application}/${environment}`;
        const proxy = await startFaultProxy(session.platform.url);
        try {
            const client = new Client({ endpoint: proxy.url, token: session.platform.token });
            proxy.decide(({ path }) => (path.endsWith("/environment") ? { lateByMs: 300 } : "pass"));
            const found = { id, outputs: { application: `${account}/${application}`, head: "1".repeat(40) } };
            const claimant = { project: "agency", stack: "prod", resource: "www", isPreview };
            noteClaimant(session.memory, identityOf("environment", [found.outputs.application, environment]), claimant);
            const looked = foreseeConflict({ ...session, client }, found as never, {}).catch(() => {});
            await sleep(150);
            const meanwhile = proxy.seen.map(({ path }) => path.replace(/^.*account\/\d+\//, ""));
            await looked;
            return meanwhile.sort();
        } finally {
            await proxy.close();
        }
    }

    it("reads with the environments what an up needs next, and what says who has Production", async () => {
        for (const [environment, isPreview] of [
            ["Staging", false],
            ["Production", false],
            ["Production", true],
        ] as const) {
            const [applications, environments, ...others] = await askedMeanwhile(environment, isPreview);
            assert.equal(applications, "application");
            assert.match(environments ?? "", /^application\/\d+\/environment$/);
            assert.deepEqual(others, []);
        }
    });

    it("a preview of another environment asks for nothing else", async () => {
        const asked = await askedMeanwhile("Staging", true);
        assert.equal(asked.length, 1, asked.join());
    });
});
