import assert from "node:assert/strict";
import { type EnvironmentInputs, parseApplicationId } from "section-model";
import { applicationsPath } from "../../../../client/applications";
import { environmentsPath } from "../../../../client/environments";
import { environmentNoun } from "../../../../provider/nouns/environment/environment";
import { preflightContent } from "../../../../provider/nouns/environment/preflight-content";
import type { Sought } from "../../../../provider/nouns/noun";
import { unknownValue } from "../../../../provider/run/unknown";
import { openTestSession, type TestSession, ways } from "../../../support/provider";
import { fresh } from "../../../support/stores";

const claimant = { project: "p", stack: "s", resource: "r", isPreview: true };
const good = "vcl 4.0;\nsub vcl_recv { return (pass); }\n";

async function openSite(options: Parameters<typeof openTestSession>[0]) {
    const session = await openTestSession(options);
    const site = {
        name: "Acme",
        hostname: `${fresh("pre")}.acme.example`,
        origin: "192.0.2.1",
        stackName: "varnish-6.3-basic",
    };
    const { id: account, applications } = await session.platform.api.must("POST", "/account/create", site);
    const production = { application: `${account}/${applications[0].id}`, name: "Production" };
    const ask = async (
        inputs: Partial<EnvironmentInputs>,
        { olds, ...sought }: Partial<Sought> & { olds?: Partial<EnvironmentInputs> } = {},
    ) => {
        const issues = await preflightContent(session, inputs, olds, { claimant, ...sought });
        return issues.map(({ reason }) => reason.split("\n")[0]);
    };
    return { session, production, ask, id: `${production.application}/Production` };
}

const endpoints = [
    ...ways.map((way) => ({ name: `that validates, by ${way}`, options: { way }, validates: true })),
    { name: "of v1", options: { extensions: false }, validates: false },
];

for (const { name, options, validates } of endpoints)
    describe(`declared content at an endpoint ${name}`, function () {
        this.timeout(120_000);

        it("is refused with file, line and column before anything is written", async () => {
            const { ask, production } = await openSite(options);
            const config = {
                "varnsh/default.vcl": good,
                "varnish/default.vcl": "sub vcl_recv { }",
                "varnish/proxy-features.json": "{",
            };
            assert.deepEqual((await ask({ ...production, config })).sort(), [
                "varnish/default.vcl:1:1: varnish:6.3.1 needs `vcl 4.0;` as the first statement",
                "varnish/proxy-features.json:1:2: cannot be parsed as JSON: a } is missing",
                "varnsh/default.vcl belongs to no proxy; did you mean varnish/default.vcl?",
            ]);
        });

        it("is warned of, each warning once", async () => {
            const { ask, production, session, id } = await openSite(options);
            const config = { "varnish/default.vcl": `${good}include "gone.vcl";\n`, "docs/a.md": "x" };
            assert.deepEqual(await ask({ ...production, config }), []);
            await ask({ ...production, config });
            const stray = `environment ${id}: warning: docs/ belongs to no proxy, so none reads its files (the proxies' folders: varnish/)`;
            const missing = `environment ${id}: warning: varnish/default.vcl includes gone.vcl, which is not there`;
            // only who sees the whole branch can know what is missing in it
            assert.deepEqual(session.told, validates ? [missing, stray] : [stray]);
        });

        it("is asked about beside what the look at the branch needs a moment later", async () => {
            const { ask, production, session } = await openSite(options);
            const { organization, application } = parseApplicationId(production.application);
            const lists = [environmentsPath({ organization, application }), applicationsPath(organization)];
            const olds = { ...production, config: { "varnish/default.vcl": good } };
            const config = { "varnish/default.vcl": `${good}# more\n` };
            assert.deepEqual(await ask({ ...production, config }, { olds }), []);
            assert.deepEqual(
                lists.map((each) => session.client.hasRead(each)),
                [true, true],
            );
        });

        it("is compared with the proxies of the environment that a new one is copied from, or of its stack", async () => {
            const { ask, production, id } = await openSite(options);
            const config = { "varnsh/a": "x" };
            const refusal = ["varnsh/a belongs to no proxy; did you mean varnish/a?"];
            const staging = { ...production, name: "Staging", hostname: "s.acme.example", config };
            assert.deepEqual(await ask(staging), refusal);
            assert.deepEqual(await ask({ name: "Production", config }, { there: id }), refusal);
            const siteStack = { ...claimant, siteStack: "" };
            const ofStack = await ask({ name: "Production", config }, { claimant: siteStack });
            assert.deepEqual(ofStack, validates ? refusal : [], "v1 does not tell the proxies of a stack");
            assert.deepEqual(await ask({ name: "Production", config }), [], "nobody knows them");
        });

        it("that is not changed, comes by a promotion, or is applied already, asks for nothing", async () => {
            const { session, production } = await openSite(options);
            const config = { "varnish/default.vcl": "wrong {" };
            const silent = { ...session, client: undefined } as unknown as TestSession;
            const ask = (
                inputs: Partial<EnvironmentInputs>,
                olds: Partial<EnvironmentInputs> | undefined,
                more: Sought = {},
            ) => preflightContent(silent, inputs, olds, { claimant, ...more });
            assert.deepEqual(await ask({ ...production, config }, { config }), []);
            assert.deepEqual(await ask({ ...production, promote: "0".repeat(40) }, undefined), []);
            assert.deepEqual(
                await ask({ ...production, config }, {}, { claimant: { ...claimant, isPreview: false } }),
                [],
            );
            assert.deepEqual(
                await ask({ ...production, hostname: "a.acme.example" }, { hostname: "b.acme.example" }),
                [],
            );
        });
    });

describe("declared content, for a token that only reads", function () {
    this.timeout(60_000);

    it("is checked by the same rules, without the rest of the branch", async () => {
        const { production } = await openSite({});
        const { platform } = await openTestSession();
        const { email } = await platform.api.get("/user");
        const session = await openTestSession({ token: await platform.tokenFor(email, "read") });
        const config = { "varnish/default.vcl": good, "varnish/a.json": "{" };
        const issues = await preflightContent(session, { ...production, config }, production, { claimant });
        assert.match(issues.map(({ reason }) => reason).join(), /^varnish\/a\.json:1:2: cannot be parsed as JSON/);
    });
});

for (const way of ways)
    describe(`a changed declaration at an endpoint that validates, by ${way}`, function () {
        this.timeout(120_000);

        it("is judged with the rest of the branch, and a file that is not known yet stays", async () => {
            const { ask, production, session } = await openSite({ way });
            const config = { "varnish/default.vcl": `${good}include "part.vcl";\n`, "varnish/part.vcl": "# part\n" };
            await environmentNoun.ensure(session, { ...production, config });
            const olds = { ...production, config };
            const without = { ...production, config: { "varnish/default.vcl": config["varnish/default.vcl"] } };
            const later = { ...without.config, "varnish/part.vcl": unknownValue };
            assert.deepEqual(await ask(production, { olds, unknown: { config: later } }), []);
            assert.deepEqual(await ask(production, { olds, unknown: { config: unknownValue } }), []);
            assert.deepEqual(session.told, []);
            assert.deepEqual(await ask(without, { olds }), []);
            assert.match(session.told.join(), /default\.vcl includes part\.vcl, which is not there/);
            const broken = { ...config, "varnish/part.vcl": "sub vcl_hit { return (deliver) }\n" };
            assert.deepEqual(await ask({ ...production, config: broken }, { olds }), [
                "varnish/part.vcl:1:31: ; is missing after return",
            ]);
        });

        it("of proxies is judged with the files of the branch", async () => {
            const { ask, production } = await openSite({ way });
            const proxyChain = [{ name: "other", image: "openresty:1.13.6.1" }];
            assert.deepEqual(await ask({ ...production, proxyChain }), [
                "Proxy 'other' has no folder other/ in the repository; declare its files in config",
            ]);
            const picture = { "other/icon.png": { base64: Buffer.from([0, 255]).toString("base64") } };
            assert.deepEqual(await ask({ ...production, proxyChain, config: picture }), []);
        });
    });
