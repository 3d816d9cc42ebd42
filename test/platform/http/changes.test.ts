import assert from "node:assert/strict";
import { Api, withoutId } from "../../support/api";
import { fresh, onEveryPlatform } from "../../support/stores";

interface Noted {
    id: number;
    at: string;
    what: string;
    thing: Record<string, unknown>;
    from: string | null;
    to: string | null;
    user: { name: string; email: string } | null;
    command: string | null;
    request_id: string;
}

onEveryPlatform("the log of an account over HTTP", (platform) => {
    it("says who made, changed and removed what, newest first, with the request that did it", async () => {
        const { api } = platform();
        const hostname = `${fresh("log")}.acme.example`;
        const { account, application } = await api.makeSite("Acme", hostname);
        const root = `/account/${account}/application/${application}`;
        const jane = `${fresh("Jane")}@agency.example`;
        const { user } = await api.must("POST", `/account/${account}/user`, {
            email: jane,
            accountCapability: "readonly",
        });
        await api.must("POST", `/account/${account}/user`, { email: jane, accountCapability: "readonly" });
        const changed = await api.call("POST", `/account/${account}/user/${user.id}`, { accountCapability: "state" });
        await api.must("POST", `/account/${account}/user/${user.id}`, { accountCapability: "state" });
        await api.must("DELETE", `/account/${account}/user/${user.id}`);
        await api.must("PATCH", `/account/${account}`, { account_name: "Acme Ltd" });
        await api.must("PATCH", `/account/${account}`, { account_name: "Acme Ltd" });
        const staging = { name: "Staging", source_environment_name: "Production", domain_name: `staging.${hostname}` };
        await api.must("POST", `${root}/environment/create`, staging);
        await api.must("POST", `${root}/environment/Production/domain/shop.${hostname}`);
        await api.must("POST", `${root}/environment/Production/domain/shop.${hostname}`);
        await api.must("POST", `${root}/environment/Production/domain/shop.${hostname}/move`, {
            environment_name: "Staging",
        });
        await api.must("DELETE", `${root}/environment/Staging/domain/shop.${hostname}`);
        for (let times = 0; times < 2; times += 1) await api.must("POST", `${root}/environment/Staging/dnsbypass`);
        await api.must("DELETE", `${root}/environment/Staging`);
        await api.must("DELETE", root);

        const log: Noted[] = await api.get(`/account/${account}/changes`);
        const key = jane.toLowerCase();
        const member = { user_id: user.id, email: key };
        const shop = { application_id: application, hostname: `shop.${hostname}` };
        const environment = { application_id: application, environment_name: "Staging" };
        assert.deepEqual(
            log.map(({ what, thing, from, to }) => [what, thing, from, to]),
            [
                ["application.delete", { application_id: application }, hostname, null],
                ["environment.delete", environment, null, null],
                ["environment.dns-bypass", environment, "off", "on"],
                ["domain.detach", shop, "Staging", null],
                ["domain.move", shop, "Production", "Staging"],
                ["domain.attach", shop, null, "Production"],
                ["environment.create", environment, null, `staging.${hostname}`],
                ["organization.rename", {}, "Acme", "Acme Ltd"],
                ["member.remove", member, "state", null],
                ["member.role", member, "readonly", "state"],
                ["member.add", member, null, "readonly"],
                ["application.create", { application_id: application }, null, hostname],
                ["organization.create", {}, null, "Acme"],
            ],
        );
        assert.ok(
            log.every(
                ({ user: by, command }) =>
                    by?.email === "olga@agency.example" && by.name === "Olga Owner" && command === null,
            ),
        );
        assert.ok(log.every(({ at }) => Math.abs(Date.now() - Date.parse(at)) < 60_000));
        assert.equal(log.find(({ what }) => what === "member.role")?.request_id, changed.headers.get("aperture-tx-id"));
        assert.equal(new Set(log.map(({ request_id }) => request_id)).size, log.length, "each request has its own id");

        const pages: Noted[] = [];
        for (let before = ""; ; before = `&before=${pages.at(-1)?.id}`) {
            const page: Noted[] = await api.get(`/account/${account}/changes?limit=5${before}`);
            pages.push(...page);
            if (page.length < 5) break;
        }
        assert.deepEqual(pages, log);
        const moment = log.find(({ what }) => what === "domain.move")?.at as string;
        const since: Noted[] = await api.get(`/account/${account}/changes?since=${moment}`);
        assert.ok(since.length >= 4 && since.length < log.length && since.every(({ at }) => at >= moment));
        for (const query of [
            "since=yesterday",
            "since=0001-01-01T00:00:00Z",
            "limit=0",
            "limit=501",
            "before=x",
            "since=2026-01-31",
        ])
            assert.equal((await api.call("GET", `/account/${account}/changes?${query}`)).status, 400, query);
    });

    it("is for admins; to an outsider the account does not exist, and it goes with the account", async () => {
        const { api, signUp, url } = platform();
        const { id } = await api.must("POST", "/account", { name: "Acme" });
        const email = `${fresh("reader")}@agency.example`;
        const reader = await signUp(email);
        const path = `/account/${id}/changes`;
        const outside = await reader.call("GET", path);
        const nowhere = await reader.call("GET", "/account/999999999/changes");
        assert.deepEqual([outside.status, withoutId(outside.text, id)], [404, withoutId(nowhere.text, 999_999_999)]);
        await api.must("POST", `/account/${id}/user`, { email, accountCapability: "state" });
        assert.equal((await reader.call("GET", path)).status, 403);
        assert.equal((await new Api(url, undefined).call("GET", path)).status, 401);
        const other = await api.must("POST", "/account", { name: "Other" });
        assert.deepEqual(
            (await api.get(`/account/${other.id}/changes`)).map(({ what }: Noted) => what),
            ["organization.create"],
        );
        await api.must("DELETE", `/account/${id}`);
        assert.equal((await api.call("GET", path)).status, 410);
    });
});
