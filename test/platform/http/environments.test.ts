import assert from "node:assert/strict";
import { fresh, onEveryPlatform } from "../../support/stores";

onEveryPlatform("environments over HTTP", (platform) => {
    async function site() {
        const hostname = `${fresh("env")}.acme.example`;
        const { account, application } = await platform().api.makeSite("Acme", hostname);
        const root = `/account/${account}/application/${application}/environment`;
        const create = (name: string, domain: string, from = "Production") =>
            platform().api.call("POST", `${root}/create`, { name, source_environment_name: from, domain_name: domain });
        return { hostname, account, application, root, create };
    }

    it("are a copy of another one's branch with its block, by the caller", async () => {
        const { api } = platform();
        const { hostname, root, create } = await site();
        assert.equal((await create("Staging", `staging.${hostname}`)).status, 200);
        const [newest] = await api.get(`${root}/Staging/commits`);
        assert.deepEqual([newest.message, newest.author.email], ["Create environment Staging", "olga@agency.example"]);
        assert.deepEqual(await api.get(`${root}/Staging/configuration`), { origin: { address: "origin.example.net" } });
        const head = await api.get(`${root}/Staging/head`);
        assert.equal(head.commit, newest.commit);
        assert.equal(
            (await api.get(`${root}/Production/head`)).subject,
            "initial section.config.json",
            "Production is not touched",
        );
    });

    it("refuse what exists, what is reserved, and a source that is missing", async () => {
        const { hostname, create } = await site();
        await create("Staging", `staging.${hostname}`);
        const refusal = async (...request: Parameters<typeof create>) => {
            const { status, json } = await create(...request);
            return `${status} ${json.message}`;
        };
        assert.match(
            await refusal("Staging", `two.${hostname}`),
            /^400 .*has an environment or branch Staging already/,
        );
        assert.match(await refusal("STAGING", `three.${hostname}`), /^400 .*already/);
        assert.match(
            await refusal("create", `four.${hostname}`),
            /^400 name "create" is reserved: create is a word of the API; choose another name\. /,
        );
        assert.match(await refusal("pre-prod", `five.${hostname}`), /^400 name "pre-prod" must be a letter/);
        for (const from of ["Nowhere", "Development", "pre-prod", "", "__proto__"]) {
            assert.match(
                await refusal("Test", `six.${hostname}`, from),
                /^400 source_environment_name ".*" is no environment of application \d+\. Name the environment/,
            );
        }
        assert.match(await refusal("Test", hostname), /^400 .* is attached to environment Production/);
        assert.match(await refusal("Test", "no dots"), /^400 domain_name/);
    });

    it("of an application that there is not are not found for that reason", async () => {
        const { api } = platform();
        const { account } = await site();
        const at = `/account/${account}/application/999999/environment/Production`;
        for (const [method, path] of [
            ["GET", ""],
            ["GET", "/egress"],
            ["GET", "/outagepage"],
            ["GET", "/engaged"],
            ["POST", "/dnsbypass"],
            ["GET", "/commits"],
            ["DELETE", "/domain/www.acme.example"],
            ["POST", "/proxy/varnish/state"],
        ] as const) {
            const { status, json } = await api.call(method, at + path);
            assert.match(
                `${status} ${json.message}`,
                new RegExp(`^404 there is no application 999999 in account ${account}\\. `),
                `${method} ${path}`,
            );
        }
    });

    it("get the block their source has now, whatever an earlier one of that name left in the file", async () => {
        const { api } = platform();
        const { hostname, root, create } = await site();
        const stale = [
            {
                op: "add",
                path: "/environments/Staging",
                value: { origin: { address: "stale.example.net" }, note: "of an earlier one" },
            },
        ];
        const { status } = await api.call("PATCH", `${root}/Production/update`, stale, {
            filepath: "section.config.json",
        });
        assert.equal(status, 200);
        await api.must("POST", `${root}/Production/egress`, { origins: { default: { address: "now.example.net" } } });
        const head = await api.get(`${root}/Production/head`);
        assert.equal((await create("Staging", `staging.${hostname}`)).status, 200);
        assert.deepEqual(await api.get(`${root}/Staging/configuration`), { origin: { address: "now.example.net" } });
        const [newest, before] = await api.get(`${root}/Staging/commits?limit=2`);
        assert.deepEqual(
            [newest.message, before.commit],
            ["Create environment Staging", head.commit],
            "one commit on top of the source's head",
        );
        assert.deepEqual(await api.get(`${root}/Production/head`), head);
        assert.equal(
            (await create("constructor", `odd.${hostname}`, "Staging")).status,
            200,
            "a name that every object has is a name like others",
        );
        assert.deepEqual(await api.get(`${root}/constructor/configuration`), {
            origin: { address: "now.example.net" },
        });
    });

    it("are deleted with branch and domains; Production is not", async () => {
        const { api } = platform();
        const { hostname, account, root, create } = await site();
        await create("Staging", `staging.${hostname}`);
        assert.equal((await api.call("DELETE", `${root}/Staging`)).status, 204);
        assert.equal((await api.call("DELETE", `${root}/Staging`)).status, 404);
        assert.deepEqual((await api.get(`/account/${account}/domains`)).length, 1);
        assert.equal((await api.call("DELETE", `${root}/Production`)).json.code, "environment-protected");
        assert.equal((await create("Staging", `staging.${hostname}`)).status, 200, "the name is free again");
    });

    it("page through commits and note deployments", async () => {
        const { api } = platform();
        const { root } = await site();
        for (const address of ["a.example.net", "b.example.net", "c.example.net"])
            await api.must("POST", `${root}/Production/egress`, { origins: { default: { address } } });
        const first = await api.get(`${root}/Production/commits?limit=2`);
        const second = await api.get(`${root}/Production/commits?limit=2&before=${first[1].commit}`);
        assert.deepEqual(
            [...first, ...second].map(({ message }: { message: string }) => message),
            [...Array(3).fill("Egress configuration update"), "initial section.config.json"],
        );
        assert.equal((await api.call("GET", `${root}/Production/commits?limit=0`)).status, 400);
        assert.deepEqual(
            (await api.get(`${root}/Production/deployments`)).map(({ commit }: { commit: string }) => commit),
            [...first, second[0]].map(({ commit }: { commit: string }) => commit),
        );
    });
});
