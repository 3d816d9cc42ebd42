import assert from "node:assert/strict";
import type { NewClaim } from "section-model";
import type { Answer } from "../../support/api";
import { makeClaim } from "../../support/claims";
import { startPlatform } from "../../support/platform";
import { fresh, onEveryPlatform } from "../../support/stores";

const idOf = (thing: { claim?: { id: string } }) => thing.claim?.id;

onEveryPlatform("claims over HTTP", (platform) => {
    /** One thing of each kind, each with a claim of its own. */
    async function estate() {
        const { api } = platform();
        const claims = {
            account: makeClaim("acme"),
            member: makeClaim("jane"),
            application: makeClaim("acme-www"),
            environment: makeClaim("acme-staging"),
            domain: makeClaim("acme-shop"),
        };
        const { id: account } = await api.must("POST", "/account", { name: "Held", claim: claims.account });
        const at = `/account/${account}`;
        const email = `${fresh("jane")}@agency.example`;
        const { user } = await api.must("POST", `${at}/user`, { email, claim: claims.member });
        const hostname = `${fresh("held")}.acme.example`;
        const { id: application } = await api.must("POST", `${at}/application/create`, {
            hostname,
            origin: "192.0.2.1",
            claim: claims.application,
        });
        const environments = `${at}/application/${application}/environment`;
        await api.must("POST", `${environments}/create`, {
            name: "Staging",
            source_environment_name: "Production",
            domain_name: `staging.${hostname}`,
            claim: claims.environment,
        });
        const shop = `shop.${hostname}`;
        await api.must("POST", `${environments}/Staging/domain/${shop}`, { claim: claims.domain });
        return { api, account, at, claims, email, member: user.id, application, environments, hostname, shop };
    }

    async function refusal(answer: Promise<Answer>) {
        const { status, json } = await answer;
        return [status, json?.code, json?.message.replace(/\d+/g, "N")];
    }

    it("are set as things are made, and every list, the single answers and the graph show them", async () => {
        const { api, account, at, claims, member, application, environments } = await estate();
        const claimed = (await api.get("/account")).find(({ id }: { id: number }) => id === account);
        const { claimed_at, ...claim } = claimed.claim;
        assert.deepEqual(claim, claims.account);
        assert.ok(Math.abs(Date.parse(claimed_at) - Date.now()) < 60_000);
        assert.deepEqual((await api.get(at)).claim, claimed.claim);
        const members = await api.get(`${at}/user`);
        assert.deepEqual(members.map(idOf), [undefined, claims.member.id]);
        assert.equal(idOf(await api.get(`${at}/user/${member}`)), claims.member.id);
        assert.deepEqual((await api.get(`${at}/application`)).map(idOf), [claims.application.id]);
        assert.equal(idOf(await api.get(`${at}/application/${application}`)), claims.application.id);
        const [production, staging] = await api.get(environments);
        assert.deepEqual([idOf(production), idOf(production.domains[0])], [undefined, undefined]);
        assert.deepEqual(
            [idOf(staging), ...staging.domains.map(idOf)],
            [claims.environment.id, undefined, claims.domain.id],
        );
        const graph = (await api.get("/account/graph?detail=true")).find(({ id }: { id: number }) => id === account);
        assert.deepEqual([idOf(graph), graph.members.map(idOf)], [claims.account.id, [undefined, claims.member.id]]);
        assert.equal(idOf(graph.applications[0]), claims.application.id);
        assert.deepEqual(graph.applications[0].environments[1], {
            ...graph.applications[0].environments[1],
            claim: staging.claim,
            domains: staging.domains,
        });
        assert.doesNotMatch((await api.call("GET", "/account/graph")).text, /claim/);
    });

    it("stay as they are when a request finds the thing already there", async () => {
        const { api, at, claims, email, environments, hostname, shop } = await estate();
        const again = makeClaim("other");
        const invited = await api.must("POST", `${at}/user`, { email, claim: again });
        assert.equal(idOf(invited.user), claims.member.id);
        await api.must("POST", `${environments}/Staging/domain/${shop}`, { claim: again });
        const staging = await api.must("POST", `${environments}/Staging/domain/staging.${hostname}`, { claim: again });
        assert.deepEqual(staging.domains.map(idOf), [undefined, claims.domain.id]);
    });

    it("are only the account's where an account is made with its first application; clones and splits have none", async () => {
        const { api } = platform();
        const claim = makeClaim("both");
        const hostname = `${fresh("first")}.acme.example`;
        const { id, claim: answered } = await api.must("POST", "/account/create", {
            name: "Both",
            hostname,
            origin: "192.0.2.1",
            claim,
        });
        assert.deepEqual((await api.get(`/account/${id}`)).claim, answered);
        assert.equal(answered.id, claim.id);
        const [application] = await api.get(`/account/${id}/application`);
        assert.equal(idOf(application), undefined);
        const at = `/account/${id}/application/${application.id}`;
        const thing = { application_id: application.id };
        await api.must("POST", `/account/${id}/claims`, { claims: [{ thing, expected: null, claim }] });
        await api.must("POST", `${at}/clone`, { hostname: `clone.${hostname}` });
        await api.must("POST", `${at}/split`, { pathPrefix: "/shop/" });
        assert.deepEqual((await api.get(`/account/${id}/application`)).map(idOf), [claim.id, undefined, undefined]);
    });

    it("are taken over and released by compare-and-set, many kinds of things at once, with a line in the log for each", async () => {
        const { api, at, claims, email, member, application, shop } = await estate();
        const things = {
            account: {},
            member: { email: ` ${email.toUpperCase()}` },
            application: { application_id: application },
            environment: { application_id: application, environment_name: "Staging" },
            domain: { hostname: shop.toUpperCase() },
        };
        const kinds = Object.keys(things) as (keyof typeof things)[];
        const next = new Map(kinds.map((kind) => [kind, makeClaim(`next-${kind}`, "dev")]));
        const ask = (expected: (kind: keyof typeof things) => string | null, claim: typeof next) =>
            api.must("POST", `${at}/claims`, {
                claims: kinds.map((kind) => ({
                    thing: things[kind],
                    expected: expected(kind),
                    claim: claim.get(kind) ?? null,
                })),
            });
        const says = (answers: { outcome: string; claim?: NewClaim }[]) =>
            answers.map(({ outcome, claim }) => [outcome, claim?.resource]);
        const asks = (kind: string) => (_: unknown, index: number) => [kind, `next-${kinds[index]}`];

        const held = await ask(() => "somebody-else-altogether", next);
        assert.deepEqual(
            says(held),
            kinds.map((kind) => ["held", claims[kind].resource]),
        );
        assert.deepEqual(
            held.map(({ thing }: { thing: object }) => thing),
            Object.values(things),
        );
        assert.deepEqual(says(await ask(() => null, next))[0], ["held", "acme"]);
        const taken = await ask((kind) => claims[kind].id, next);
        assert.deepEqual(says(taken), kinds.map(asks("set")));
        assert.deepEqual(await ask((kind) => claims[kind].id, next), taken, "again, after a lost reply");
        assert.deepEqual((await api.get(at)).claim, taken[0].claim);
        const released = await ask((kind) => next.get(kind)?.id ?? null, new Map());
        assert.deepEqual(says(released), Array(5).fill(["set", undefined]));
        assert.deepEqual(await ask((kind) => claims[kind].id, new Map()), released, "again");

        const lines = (await api.get(`${at}/changes?limit=10`)).map(
            ({ what, thing, from, to }: Record<string, unknown>) => [what, thing, from, to],
        );
        const named = { ...things, member: { user_id: member, email }, domain: { hostname: shop } };
        assert.deepEqual(
            lines.slice(5).reverse(),
            kinds.map((kind) => [
                "claim.take",
                named[kind],
                `agency/prod ${claims[kind].resource}`,
                `agency/dev next-${kind}`,
            ]),
        );
        assert.deepEqual(
            lines.slice(0, 5).reverse(),
            kinds.map((kind) => ["claim.release", named[kind], `agency/dev next-${kind}`, null]),
        );
    });

    it("get other words under the same id, as a resource that moves to another stack has them, with a line in the log", async () => {
        const { api, at, claims, application } = await estate();
        const thing = { application_id: application };
        const claim = { ...claims.application, stack: "bakery" };
        const ask = () => api.must("POST", `${at}/claims`, { claims: [{ thing, expected: claim.id, claim }] });
        const [{ outcome, claim: now }] = await ask();
        assert.deepEqual([outcome, now.id, now.stack], ["set", claims.application.id, "bakery"]);
        assert.deepEqual(await ask(), [{ thing, outcome: "set", claim: now }], "again, after a lost reply");
        const lines = (await api.get(`${at}/changes?limit=10`)).filter(
            ({ what }: { what: string }) => what === "claim.take",
        );
        assert.deepEqual(
            lines.map(({ from, to }: { from: string; to: string }) => [from, to]),
            [["agency/prod acme-www", "agency/bakery acme-www"]],
        );
    });

    it("reach nothing of another account, and nothing that is not there", async () => {
        const { api, at } = await estate();
        const other = await estate();
        const claim = makeClaim("thief");
        const answers = await api.must("POST", `${at}/claims`, {
            claims: [
                { email: other.email },
                { application_id: other.application },
                { application_id: other.application, environment_name: "Staging" },
                { hostname: other.shop },
                { email: "nobody" },
                { application_id: 999_999 },
                { hostname: "not a hostname" },
            ].map((thing) => ({ thing, expected: null, claim })),
        });
        assert.deepEqual(
            answers.map(({ outcome }: { outcome: string }) => outcome),
            Array(7).fill("missing"),
        );
        assert.equal(idOf(await other.api.get(other.at)), other.claims.account.id);
    });

    it("are refused when they are malformed, or name a thing twice", async () => {
        const { api, at } = await estate();
        const claim = makeClaim("right");
        const bad = [
            { ...claim, id: "short" },
            { ...claim, id: `${"x".repeat(15)}!` },
            { ...claim, project: "" },
            { ...claim, resource: "a\nb" },
            { ...claim, stack: "x".repeat(201) },
            { ...claim, resource: "\ud800" },
            { ...claim, claimed_at: "2026-01-01T00:00:00Z" },
        ];
        for (const each of bad) {
            const refused = await api.call("POST", "/account", { name: "Bad", claim: each });
            assert.deepEqual([refused.status, refused.json.code], [400, "invalid-input"], JSON.stringify(each));
        }
        const ask = (...things: object[]) =>
            api.call("POST", `${at}/claims`, { claims: things.map((thing) => ({ thing, expected: null, claim })) });
        for (const thing of [
            { environment_name: "Staging" },
            { email: "a@b.example", hostname: "a.example" },
            { user_id: 1 },
            { email: "a\0@b.example" },
            { hostname: "\ud800.example" },
            { application_id: 1, environment_name: "\udc00" },
        ])
            assert.equal((await ask(thing)).status, 400, JSON.stringify(thing));
        assert.equal((await ask()).status, 400);
        assert.equal((await ask(...Array(501).fill({}))).status, 400);
        const twice = await ask({ email: "Jane@agency.example" }, { email: "jane@agency.example" });
        assert.match(twice.json.message, /^claims\.1\.thing is the thing of claims\.0 again/);
    });

    it("are for admins to change", async () => {
        const { api, at } = await estate();
        const email = `${fresh("reader")}@agency.example`;
        const reader = await platform().signUp(email);
        await api.must("POST", `${at}/user`, { email, accountCapability: "readonly" });
        assert.ok(idOf(await reader.get(at)), "every member sees them");
        const claims = [{ thing: {}, expected: null, claim: null }];
        assert.equal((await reader.call("POST", `${at}/claims`, { claims })).status, 403);
    });

    it("keep a thing from being deleted with another one's claim, and without a claim nothing is asked", async () => {
        const { api, at, claims, member, application, environments, shop } = await estate();
        const paths = {
            member: `${at}/user/${member}`,
            domain: `${environments}/Staging/domain/${shop}`,
            environment: `${environments}/Staging`,
            application: `${at}/application/${application}`,
            account: at,
        };
        const words = {
            member: "the membership of janeN@agency.example is held by agency/prod jane",
            domain: "shop.heldN.acme.example is held by agency/prod acme-shop",
            environment: "environment Staging of application N is held by agency/prod acme-staging",
            application: "application N is held by agency/prod acme-www",
            account: "account N is held by agency/prod acme",
        };
        for (const kind of ["member", "domain", "environment", "application", "account"] as const) {
            for (const claim of ["none", makeClaim("other").id]) {
                const [status, code, message] = await refusal(api.call("DELETE", `${paths[kind]}?claim=${claim}`));
                assert.deepEqual([status, code], [409, "claim-held"], kind);
                assert.ok(message.startsWith(`${words[kind]}. `), message);
            }
            assert.equal((await api.call("DELETE", `${paths[kind]}?claim=short`)).status, 400);
            await api.must("DELETE", `${paths[kind]}?claim=${claims[kind].id}`);
        }
        assert.equal((await api.call("GET", at)).status, 410);
        const second = await estate();
        await second.api.must("DELETE", `${second.at}/application/${second.application}`);
        await second.api.must("DELETE", second.at);
    });

    it("protect what is held by another stack within the thing that is deleted", async () => {
        const { api, at, claims, application, environments, hostname, member } = await estate();
        const theirs = makeClaim("their-api", "dev");
        await api.must("POST", `${environments}/Staging/domain/api.${hostname}`, { claim: theirs });
        const deleted = (path: string, claim: NewClaim) => refusal(api.call("DELETE", `${path}?claim=${claim.id}`));
        const found = `api.heldN.acme.example (agency/dev their-api)`;
        for (const [path, claim, what] of [
            [`${environments}/Staging`, claims.environment, "environment Staging of application N"],
            [`${at}/application/${application}`, claims.application, "application N"],
            [at, claims.account, "account N"],
        ] as const) {
            const [status, code, message] = await deleted(path, claim);
            assert.deepEqual([status, code], [409, "claim-held"]);
            assert.ok(message.startsWith(`${what} contains what others hold: ${found}. `), message);
        }
        const release = [{ thing: { hostname: `api.${hostname}` }, expected: theirs.id, claim: null }];
        await api.must("POST", `${at}/claims`, { claims: release });
        await api.must("DELETE", `${at}/application/${application}?claim=${claims.application.id}`);
        const theirMember = [{ thing: { email: (await api.get(`${at}/user/${member}`)).email } }].map((entry) => ({
            ...entry,
            expected: claims.member.id,
            claim: makeClaim("their-jane", "dev"),
        }));
        await api.must("POST", `${at}/claims`, { claims: theirMember });
        const [, , message] = await deleted(at, claims.account);
        assert.match(
            message,
            /^account N contains what others hold: the membership of janeN@agency.example \(agency\/dev/,
        );
    });

    it("protect all that is held in a thing that nobody holds, and five of it are named", async () => {
        const { api } = platform();
        const hostname = `${fresh("free")}.acme.example`;
        const { account, application } = await api.makeSite("Free", hostname);
        const path = `/account/${account}/application/${application}`;
        for (let count = 1; count <= 7; count += 1)
            await api.must("POST", `${path}/environment/Production/domain/d${count}.${hostname}`, {
                claim: makeClaim(`d${count}`),
            });
        const { json } = await api.call("DELETE", `${path}?claim=none`);
        assert.match(json.message, /: d1\..* \(agency\/prod d1\), .*d5\..* \(agency\/prod d5\) and 2 more\. /);
        assert.doesNotMatch(json.message, /d6/);
        await api.must("DELETE", path);
    });

    it("protect the copies of an environment in split applications", async () => {
        const { api, at, claims, application, environments } = await estate();
        const { id: shop } = await api.must("POST", `${at}/application/${application}/split`, { pathPrefix: "/shop/" });
        const thing = { application_id: shop, environment_name: "Staging" };
        const claim = makeClaim("shop-staging", "dev");
        await api.must("POST", `${at}/claims`, { claims: [{ thing, expected: null, claim }] });
        const path = `${environments}/Staging?claim=${claims.environment.id}`;
        const [status, , message] = await refusal(api.call("DELETE", path));
        assert.equal(status, 409);
        assert.match(
            message,
            /contains what others hold: environment Staging of application N \(agency\/dev shop-staging\)/,
        );
        await api.must("POST", `${at}/claims`, { claims: [{ thing, expected: claim.id, claim: null }] });
        await api.must("DELETE", path);
    });

    it("are held by one of two who take a thing at once", async () => {
        const { api } = platform();
        const { id } = await api.must("POST", "/account", { name: "Race" });
        const contenders = ["a", "b", "c", "d"].map((name) => makeClaim(name));
        const answers = await Promise.all(
            contenders.map((claim) =>
                api.must("POST", `/account/${id}/claims`, { claims: [{ thing: {}, expected: null, claim }] }),
            ),
        );
        const outcomes = answers.map(([{ outcome }]) => outcome).sort();
        assert.deepEqual(outcomes, ["held", "held", "held", "set"]);
        assert.equal(new Set(answers.map(([answer]) => idOf(answer))).size, 1, "all are told who has it");
    });
});

onEveryPlatform("a thing that is taken over and deleted at once", (platform) => {
    it("is either taken and stays, or is gone before anybody takes it", async () => {
        const { api } = platform();
        const hostname = `${fresh("both")}.acme.example`;
        const { account, application } = await api.makeSite("Both", hostname);
        const domains = `/account/${account}/application/${application}/environment/Production/domain`;
        for (let round = 0; round < 10; round += 1) {
            const [mine, theirs] = [makeClaim("mine"), makeClaim("theirs", "dev")];
            const name = `d${round}.${hostname}`;
            await api.must("POST", `${domains}/${name}`, { claim: mine });
            const change = { thing: { hostname: name }, expected: mine.id, claim: theirs };
            const [deleted, [taken]] = await Promise.all([
                api.call("DELETE", `${domains}/${name}?claim=${mine.id}`),
                api.must("POST", `/account/${account}/claims`, { claims: [change] }),
            ]);
            assert.ok(
                ["200 missing", "409 set"].includes(`${deleted.status} ${taken.outcome}`),
                `${deleted.status} ${taken.outcome}`,
            );
            const known = (await api.get(`/account/${account}/domains`)).map(
                ({ domain_name }: { domain_name: string }) => domain_name,
            );
            assert.equal(known.includes(name), taken.outcome === "set");
        }
    });
});

describe("claims without extensions", () => {
    it("are unknown, to the byte", async () => {
        const platform = await startPlatform({ extensions: false });
        try {
            const { api } = platform;
            const claim = makeClaim("www");
            const body = { name: "Acme", hostname: "www.acme.example", origin: "192.0.2.1" };
            const refused = async (more: object) =>
                (await api.call("POST", "/account/create", { ...body, ...more })).text.replaceAll("nonsense", "claim");
            assert.equal(await refused({ claim }), await refused({ nonsense: claim }));
            const { id } = await api.must("POST", "/account/create", body);
            await api.must("POST", `/account/${id}/user`, { email: "jane@agency.example", claim: { id: "short" } });
            assert.equal((await api.call("POST", `/account/${id}/claims`, { claims: [] })).status, 404);
            for (const path of ["", `/${id}`, `/${id}/user`, `/${id}/application/`, "/graph?detail=true"])
                assert.doesNotMatch((await api.call("GET", `/account${path}`)).text, /claim/);
            const [application] = await api.get(`/account/${id}/application/`);
            const path = `/account/${id}/application/${application.id}`;
            const attached = await api.call("POST", `${path}/environment/Production/domain/b.acme.example`, { claim });
            assert.doesNotMatch(attached.text, /"claim/);
            assert.equal(
                (await api.call("DELETE", `${path}?claim=${claim.id}`)).status,
                204,
                "the query is no word of v1",
            );
        } finally {
            await platform.close();
        }
    });
});
