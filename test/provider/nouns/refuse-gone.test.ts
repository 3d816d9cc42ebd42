import assert from "node:assert/strict";
import { startOperation } from "../../support/operation";
import { providerPlatform } from "../../support/provider";
import { fresh } from "../../support/stores";

describe("a change of what is gone", function () {
    this.timeout(60_000);

    type Change = [kind: string, known: { id: string; outs: Record<string, unknown> }, wanted: Record<string, unknown>];

    /** One thing of each kind, and a change of each. */
    async function makeClient() {
        const up = await startOperation();
        const acme = await up("organization").create({ name: fresh("Client ") });
        const organization = acme.id;
        const hostname = `${fresh("www")}.acme.example`;
        const site = { organization, hostname };
        const www = await up("application").create({ ...site, origin: "192.0.2.1" });
        const copy = { application: www.id, name: "Staging", hostname: `staging.${hostname}` };
        const staging = await up("environment").create({ ...copy, config: { "a.txt": "a\n" } });
        const place = { environment: staging.id, hostname: `shop.${hostname}` };
        const shop = await up("domain").create(place);
        const team = await up("team").create({ organization, members: { "olga@agency.example": "admin" } });
        const person = { organization, email: "ada@agency.example" };
        const ada = await up("membership").create({ ...person, role: "state" });
        const changes: Record<"above" | "site" | "staging" | "domain", Change[]> = {
            above: [
                ["organization", acme, { name: fresh("Renamed ") }],
                [
                    "team",
                    team,
                    { organization, members: { "olga@agency.example": "admin", "ben@agency.example": "state" } },
                ],
                ["membership", ada, { ...person, role: "readonly" }],
            ],
            site: [["application", www, { ...site, origin: "192.0.2.9" }]],
            staging: [["environment", staging, { ...copy, config: { "a.txt": "b\n" } }]],
            domain: [["domain", shop, { ...place, waitForLive: { timeoutSeconds: 1 } }]],
        };
        return { organization, application: www.id, staging: staging.id, changes };
    }

    type News = [kind: string, wanted: Record<string, unknown>][];

    /** New things beside those. */
    function declareNew({ organization, application, staging }: Awaited<ReturnType<typeof makeClient>>) {
        const hostname = `${fresh("new")}.acme.example`;
        const people = { "olga@agency.example": "admin", "ada@agency.example": "state" };
        const above: News = [
            ["team", { organization, members: people }],
            ["membership", { organization, email: "cleo@agency.example", role: "state" }],
            ["application", { organization, hostname, origin: "192.0.2.1" }],
        ];
        const inside: News = [
            ["environment", { application, name: "Preview", hostname }],
            ["domain", { environment: staging, hostname }],
        ];
        return { above, inside };
    }

    const sayNothing = () => undefined;
    const sayProblem = ({ message }: Error) => message;

    /** What a preview says of each change: nothing, or the problem. */
    async function previewEach(changes: readonly Change[], email?: string): Promise<(string | undefined)[]> {
        const said: (string | undefined)[] = [];
        for (const [kind, { id, outs }, wanted] of changes) {
            const preview = await startOperation(email);
            const answer = preview(kind).diff(id, outs, wanted, { resource: kind, isPreview: true });
            said.push(await answer.then(sayNothing, sayProblem));
        }
        return said;
    }

    async function previewNew(news: News, email?: string): Promise<(string | undefined)[]> {
        const said: (string | undefined)[] = [];
        for (const [kind, wanted] of news) {
            const preview = await startOperation(email);
            said.push(await preview(kind).preview({}, wanted, kind).then(sayNothing, sayProblem));
        }
        return said;
    }

    function assertAll(said: readonly (string | undefined)[], words: RegExp) {
        assert.ok(said.length > 0);
        for (const line of said) assert.match(line ?? "", words);
    }

    const remedy =
        "Run `pulumi refresh`, which changes only the state; then the preview shows what an `up` makes again";
    const byOlga = "deleted by Olga Owner <olga@agency\\.example>, .* UTC, request [\\d.]+";

    it("is refused by a preview where its site is gone, and what is above the site is not concerned", async () => {
        const { api } = await providerPlatform();
        const client = await makeClient();
        const { application } = client;
        const { above, site, staging, domain } = client.changes;
        const inside = [...site, ...staging, ...domain];
        const news = declareNew(client);
        assert.deepEqual(await previewEach([...above, ...inside]), Array(6).fill(undefined));
        assert.deepEqual(await previewNew([...news.above, ...news.inside]), Array(5).fill(undefined));
        await api.must("DELETE", `/account/${application.replace("/", "/application/")}`);
        const isGone = new RegExp(`application ${application} is gone: ${byOlga}\\. ${remedy}`);
        assertAll(await previewEach(inside), isGone);
        assertAll(await previewNew(news.inside), isGone);
        assert.deepEqual(await previewEach(above), [undefined, undefined, undefined]);
        assert.deepEqual(await previewNew(news.above), [undefined, undefined, undefined]);
    });

    it("is refused where its organization is not seen or was deleted, for everything in it", async () => {
        const { api, signUp } = await providerPlatform();
        const eve = `${fresh("eve")}@elsewhere.example`;
        await signUp(eve);
        const client = await makeClient();
        const { organization, application } = client;
        const all = Object.values(client.changes).flat();
        const news = Object.values(declareNew(client)).flat();
        const unseen = `${eve} does not see organization ${organization}( \\(Client .*\\))?: deleted, or this token's user`;
        assertAll(await previewEach(all, eve), new RegExp(unseen));
        assertAll(await previewNew(news, eve), new RegExp(unseen));
        await api.must("DELETE", `/account/${application.replace("/", "/application/")}`);
        await api.must("DELETE", `/account/${organization}`);
        const deleted = new RegExp(`organization ${organization} .* was deleted on .* by olga@agency`);
        assertAll(await previewEach(all), deleted);
        assertAll(await previewNew(news), deleted);
    });

    it("is refused in an environment that is gone, unless the same operation makes that again", async () => {
        const { api } = await providerPlatform();
        const { application, staging, changes } = await makeClient();
        const site = `/account/${application.replace("/", "/application/")}`;
        await api.must("DELETE", `${site}/environment/Staging`);
        assertAll(
            await previewEach(changes.domain),
            new RegExp(`environment ${staging} is gone: ${byOlga}\\. ${remedy}`),
        );
        const preview = await startOperation();
        const kinds: string[] = [];
        for (const [kind, { id, outs }, wanted] of [...changes.staging, ...changes.domain]) {
            await preview(kind).diff(id, outs, wanted, { resource: kind, isPreview: true });
            kinds.push(kind);
        }
        assert.deepEqual(kinds, ["environment", "domain"], "neither is refused");
    });
});
