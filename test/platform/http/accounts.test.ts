import assert from "node:assert/strict";
import { fresh, onEveryPlatform } from "../../support/stores";

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
        assert.equal((await api.call("GET", `/account/${account}`)).status, 404);
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
