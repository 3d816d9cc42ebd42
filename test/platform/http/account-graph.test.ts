import assert from "node:assert/strict";
import { startPlatform } from "../../support/platform";
import { fresh, onEveryPlatform } from "../../support/stores";

onEveryPlatform("the graph of accounts in detail", (platform) => {
    async function estate() {
        const { api, signUp } = platform();
        const hostname = `${fresh("detail")}.acme.example`;
        const { account, application } = await api.makeSite("Detail", hostname);
        const at = `/account/${account}/application/${application}`;
        await api.must("POST", `${at}/environment/create`, {
            name: "Staging",
            source_environment_name: "Production",
            domain_name: `staging.${hostname}`,
        });
        await api.must("POST", `${at}/environment/Staging/domain/qa.${hostname}`);
        const { id: shop } = await api.must("POST", `${at}/split`, { pathPrefix: "/shop/" });
        const pending = `${fresh("pending")}@agency.example`;
        await api.must("POST", `/account/${account}/user`, { email: pending, accountCapability: "state" });
        const reader = await signUp(`${fresh("reader")}@agency.example`);
        const { email } = await reader.get("/user");
        await api.must("POST", `/account/${account}/user`, { email, accountCapability: "readonly" });
        return { api, reader, account, application, at, hostname, shop, pending, email };
    }

    it("says what the lists say that it replaces: people, domains, heads, clone URLs, of split applications too", async () => {
        const { api, account, at, application, shop, pending, email } = await estate();
        const find = async (path: string) => (await api.get(path)).find(({ id }: { id: number }) => id === account);
        const detailed = await find("/account/graph?detail=true");
        assert.equal(detailed.is_admin, true);
        assert.deepEqual(detailed.members, await api.get(`/account/${account}/user`));
        assert.deepEqual(
            detailed.members
                .map((member: Record<string, string>) => [member.email, member.accountCapability, member.status])
                .slice(1),
            [
                [pending, "state", "pending"],
                [email, "readonly", "pending"],
            ],
        );
        assert.deepEqual(
            detailed.applications.map(({ id, git_url }: { id: number; git_url: string }) => ({ id, git_url })),
            (await api.get(`/account/${account}/application`)).map(
                ({ id, git_url }: { id: number; git_url: string }) => ({ id, git_url }),
            ),
        );
        for (const [index, id] of [application, shop].entries()) {
            const listed = await api.get(`${at.replace(/\d+$/, String(id))}/environment`);
            const shown = listed.map(({ id, environment_name, domains, head }: Record<string, unknown>) => ({
                id,
                environment_name,
                domains,
                head,
            }));
            assert.deepEqual(detailed.applications[index].environments, shown);
        }
        assert.equal(
            detailed.applications[1].environments[1].domains.length,
            2,
            "Staging's hostnames serve the split application too",
        );
    });

    it("shows people to admins only, and nothing of it to outsiders", async () => {
        const { reader, account } = await estate();
        const { signUp } = platform();
        const [seen] = await reader.get("/account/graph?detail=true");
        assert.deepEqual(
            [seen.id, seen.is_admin, "members" in seen, seen.applications.length],
            [account, false, false, 2],
        );
        const outsider = await signUp(`${fresh("outsider")}@agency.example`);
        assert.deepEqual(await outsider.get("/account/graph?detail=true"), []);
    });

    it("is asked for: without, the answer is v1's, and another word than true or false is refused", async () => {
        const { api } = platform();
        await estate();
        const [plain, off] = [
            await api.call("GET", "/account/graph"),
            await api.call("GET", "/account/graph?detail=false"),
        ];
        assert.equal(plain.text, off.text);
        assert.doesNotMatch(plain.text, /domains|members|head|git_url|is_admin/);
        assert.match(
            (await api.call("GET", "/account/graph?detail=yes")).json.message,
            /^detail must be true or false/,
        );
    });
});

describe("the graph of accounts without extensions", () => {
    it("is v1's to the byte, whatever is asked", async () => {
        const platform = await startPlatform({ extensions: false });
        try {
            await platform.api.must("POST", "/account/create", {
                name: "Acme",
                hostname: "www.acme.example",
                origin: "192.0.2.1",
            });
            const { text } = await platform.api.call("GET", "/account/graph");
            assert.equal((await platform.api.call("GET", "/account/graph?detail=true")).text, text);
            assert.doesNotMatch(text, /domains/);
        } finally {
            await platform.close();
        }
    });
});
