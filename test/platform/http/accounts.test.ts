import assert from "node:assert/strict";
import { Api, withoutId } from "../../support/api";
import { startPlatform, withFolder } from "../../support/platform";
import { fresh, onEveryPlatform } from "../../support/stores";
import { visitorWith } from "../../support/visitor";

onEveryPlatform("accounts over HTTP", (platform) => {
    it("are created empty or, as v1 does, with their first application", async () => {
        const { api } = platform();
        const empty = await api.must("POST", "/account", { name: "Acme & Söhne" });
        assert.deepEqual(
            [empty.href, empty.account_name, empty.is_admin, empty.owner.email],
            [`/api/v1/account/${empty.id}`, "Acme & Söhne", true, "olga@agency.example"],
        );
        const hostname = `${fresh("first")}.acme.example`;
        const { id, href, account_name, applications } = await api.must("POST", "/account/create", {
            name: "With",
            hostname,
            origin: "192.0.2.1",
        });
        assert.deepEqual(
            [href, account_name, applications[0].application_name, applications[0].href],
            [`/api/v1/account/${id}`, "With", hostname, `/api/v1/account/${id}/application/${applications[0].id}`],
        );
        await api.must("PATCH", `/account/${empty.id}`, { account_name: "Renamed" });
        assert.equal((await api.get(`/account/${empty.id}`)).account_name, "Renamed");
    });

    it("are deleted only when empty, and then gone", async () => {
        const { api } = platform();
        const { account, application } = await api.makeSite("Full", `${fresh("full")}.acme.example`);
        const refused = await api.call("DELETE", `/account/${account}`);
        assert.deepEqual([refused.status, refused.json.code], [400, "account-not-empty"]);
        await api.must("DELETE", `/account/${account}/application/${application}`);
        assert.equal((await api.call("DELETE", `/account/${account}`)).status, 204);
        assert.equal((await api.call("GET", `/account/${account}`)).status, 410);
    });

    it("that were deleted are known as such to their last members; to others they never were", async () => {
        const { api, signUp, tokenFor, url } = platform();
        const { id } = await api.must("POST", "/account", { name: "Acme & Söhne" });
        const invite = (email: string) =>
            api.must("POST", `/account/${id}/user`, { email, accountCapability: "readonly" });
        const [member, removed, pending] = ["member", "removed", "pending"].map(
            (name) => `${fresh(name)}@agency.example`,
        ) as [string, string, string];
        const reader = await signUp(member, "read");
        const leaver = await signUp(removed);
        for (const email of [member, pending]) await invite(email);
        const { user } = await invite(removed);
        await api.must("DELETE", `/account/${id}/user/${user.id}`);
        const stranger = await signUp(`${fresh("stranger")}@elsewhere.example`);
        await api.must("DELETE", `/account/${id}`);

        const today = new Date().toISOString().slice(0, 10);
        const told = `organization ${id} (Acme & Söhne) was deleted on ${today} by olga@agency.example. `;
        const requests: [method: string, path: string][] = [
            ["GET", ""],
            ["PATCH", ""],
            ["DELETE", ""],
            ["GET", "/user"],
            ["GET", "/application"],
            ["POST", "/application/create"],
            ["GET", "/application/7/environment/Production"],
            ["DELETE", "/application/7/environment/Production/domain/www.acme.example"],
            ["GET", "/changes"],
        ];
        const nowhere = 888_888_888;
        const anonymous = (text: string) => withoutId(withoutId(text, nowhere), id);
        for (const [method, path] of requests) {
            for (const asking of [api, reader]) {
                const { status, json } = await asking.call(method, `/account/${id}${path}`);
                assert.deepEqual([status, json.code], [410, "account-deleted"], `${method} ${path}`);
                assert.ok(json.message.startsWith(told), json.message);
            }
            for (const asking of [stranger, leaver, new Api(url, await tokenFor(pending))]) {
                const gone = await asking.call(method, `/account/${id}${path}`);
                const never = await asking.call(method, `/account/${nowhere}${path}`);
                assert.deepEqual([gone.status, anonymous(gone.text)], [404, anonymous(never.text)], method + path);
            }
        }
        assert.equal((await new Api(url, undefined).call("GET", `/account/${id}`)).status, 401);
        const page = await (await visitorWith(url, platform().token)).get(`/account/${id}`);
        assert.equal(page.status, 410);
        assert.match(page.text, /Acme &amp; Söhne\) was deleted on /);
        assert.equal((await (await visitorWith(url, stranger.token)).get(`/account/${id}`)).status, 404);
    });

    it("show their graph and domains", async () => {
        const { api } = platform();
        const hostname = `${fresh("graph")}.acme.example`;
        const { account, application } = await api.makeSite("Graph", hostname);
        const graph = (await api.get("/account/graph")).find(({ id }: { id: number }) => id === account);
        assert.deepEqual(
            graph.applications.map(
                ({ id, environments }: { id: number; environments: { environment_name: string }[] }) => [
                    id,
                    environments.map((each) => each.environment_name),
                ],
            ),
            [[application, ["Production"]]],
        );
        assert.deepEqual(await api.get(`/account/${account}/domains`), [{ domain_name: hostname, engaged: false }]);
        assert.deepEqual(await api.get(`/account/${account}/domains?engaged=true`), []);
    });

    it("refuse names and bodies that make no sense, naming the property", async () => {
        const { api } = platform();
        for (const [body, pattern] of [
            [{ name: "" }, /^name is empty/],
            [{ name: 7 }, /^name must be a name/],
            [{}, /^name must be a name/],
            [{ name: "x", colour: "blue" }, /^colour is not a known property/],
            ["[1,2", /^the body is not JSON/],
            ["[]", /^the body/],
        ] as const) {
            const { status, json } = await api.call("POST", "/account", body);
            assert.equal(status, 400, JSON.stringify(body));
            assert.match(json.message, pattern);
        }
    });
});

describe("a platform of pure v1", () => {
    it("has no word for an account that was deleted", async () => {
        await withFolder(async (dataDir) => {
            const rich = await startPlatform({ dataDir });
            const { id } = await rich.api.must("POST", "/account", { name: "Acme" });
            await rich.api.must("DELETE", `/account/${id}`);
            assert.equal((await rich.api.call("GET", `/account/${id}`)).status, 410);
            await rich.close();
            const pure = await startPlatform({ dataDir, extensions: false });
            assert.equal((await pure.api.call("GET", `/account/${id}`)).status, 404);
            await pure.close();
        });
    });
});
