import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { withoutId } from "../../support/api";
import { mustGit } from "../../support/git";
import { withFolder } from "../../support/platform";
import { requireSome } from "../../support/require-some";
import { fresh, onEveryPlatform } from "../../support/stores";

onEveryPlatform("split applications over HTTP", (platform) => {
    async function site() {
        const { api } = platform();
        const hostname = `${fresh("split")}.acme.example`;
        const { account, application } = await api.makeSite("Acme", hostname);
        const at = (id: number) => `/account/${account}/application/${id}`;
        const split = (pathPrefix: string, id = application) => api.call("POST", `${at(id)}/split`, { pathPrefix });
        const addStaging = () =>
            api.must("POST", `${at(application)}/environment/create`, {
                name: "Staging",
                source_environment_name: "Production",
                domain_name: `staging.${hostname}`,
            });
        return { api, hostname, account, application, at, split, addStaging };
    }
    const messageOf = ({ status, json }: { status: number; json: { message: string } }) => `${status} ${json.message}`;

    it("are identical copies with the environments, domains and history of what they are split from", async () => {
        const { api, hostname, account, application, at, split, addStaging } = await site();
        await addStaging();
        await api.must("POST", `${at(application)}/environment/Production/egress`, {
            origins: { default: { address: "b.example.net" } },
        });
        const { status, json: made } = await split("shop");
        assert.equal(status, 200);
        assert.deepEqual(made, {
            id: made.id,
            href: `/api/v1${at(made.id)}`,
            application_name: `${hostname}/shop/`,
            git_url: `${platform().url}/account/${account}/application/${made.id}/${hostname}shop.git`,
            path_prefix: "/shop/",
            path_prefixes: ["/shop/"],
        });
        const root = await api.get(`${at(application)}/environment`);
        const copy = await api.get(`${at(made.id)}/environment`);
        const shown = (list: { environment_name: string; domains: object[]; head: object }[]) =>
            list.map(({ environment_name, domains, head }) => ({ environment_name, domains, head }));
        assert.deepEqual(shown(copy), shown(root));
        assert.equal(copy.length, 2);
        assert.notEqual(copy[0].id, root[0].id);
        assert.deepEqual((await api.get(`${at(made.id)}/environment/Production/commits`)).length, 2);
        const [{ applications }] = (await api.get("/account/graph")).filter(({ id }: { id: number }) => id === account);
        assert.deepEqual(
            applications.map(
                ({ application_name, path_prefix, path_prefixes, environments }: Record<string, unknown[]>) => [
                    application_name,
                    path_prefix,
                    path_prefixes,
                    environments?.length,
                ],
            ),
            [
                [hostname, "/", ["/"], 2],
                [`${hostname}/shop/`, "/shop/", ["/shop/"], 2],
            ],
        );
        await withFolder(async (folder) => {
            await mustGit(folder, platform().token, "clone", "-q", made.git_url, "shop");
            assert.match(
                await mustGit(`${folder}/shop`, undefined, "log", "--format=%s"),
                /Egress configuration update\ninitial section\.config\.json/,
            );
        });
        await api.must("POST", `${at(made.id)}/environment/Production/egress`, {
            origins: { default: { address: "shop.example.net" } },
        });
        assert.equal(
            (await api.get(`${at(application)}/environment/Production/egress`)).origins.default.address,
            "b.example.net",
            "each has its own now",
        );
    });

    it("are asked for with a prefix that is free, right and below what the application answers for", async () => {
        const { api, application, at, split } = await site();
        const shop = (await split("/shop")).json.id;
        for (const prefix of ["/shop", "shop/", "/shop/"])
            assert.match(
                messageOf(await split(prefix)),
                /^400 \S+\/shop\/ is split off already\. Choose another prefix/,
            );
        for (const prefix of ["/", "", "a//b", "../etc", "a?b"])
            assert.match(messageOf(await split(prefix)), /^400 pathPrefix /, prefix);
        assert.match(messageOf(await split("/shop/cart")), new RegExp(`^400 .*application ${shop} answers for /shop/`));
        assert.match(
            messageOf(await split("/blog", shop)),
            new RegExp(`^400 .*answers for /shop/; application ${application} answers for /\\.`),
        );
        const cart = await split("/shop/cart", shop);
        assert.deepEqual([cart.status, cart.json.path_prefix], [200, "/shop/cart/"]);
        assert.equal((await split("/shopping")).status, 200, "whole parts count");
        for (const body of [{}, { pathPrefix: "/x", extra: 1 }, { pathPrefix: 1 }])
            assert.equal((await api.call("POST", `${at(application)}/split`, body)).status, 400);
    });

    it("share the root's domains and environments, and change them nowhere else", async () => {
        const { api, hostname, application, at, split, addStaging } = await site();
        const { id } = (await split("/shop")).json;
        const at400 = async (method: string, path: string, body?: object) =>
            messageOf(await api.call(method, `${at(id)}/environment${path}`, body));
        const shared = (what: string) =>
            new RegExp(
                `^400 application ${id} is split from application ${application} and shares its ${what}\\. Do it at application`,
            );
        assert.match(await at400("POST", `/Production/domain/x.${hostname}`), shared("domains"));
        assert.match(await at400("DELETE", `/Production/domain/${hostname}`), shared("domains"));
        const request = { name: "Test", source_environment_name: "Production", domain_name: `test.${hostname}` };
        assert.match(await at400("POST", "/create", request), shared("environments"));
        await addStaging();
        assert.match(await at400("DELETE", "/Staging"), shared("environments"));
        const names = async () =>
            (await api.get(`${at(id)}/environment`)).map((each: { environment_name: string }) => each.environment_name);
        assert.deepEqual(await names(), ["Production", "Staging"], "what the root gets, they get");
        assert.deepEqual(await api.get(`${at(id)}/environment/Staging/configuration`), {
            origin: { address: "origin.example.net" },
        });
        const [domain] = (await api.get(`${at(id)}/environment/Staging`)).domains;
        assert.equal(domain.name, `staging.${hostname}`);
        assert.equal((await api.call("DELETE", `${at(application)}/environment/Staging`)).status, 204);
        assert.deepEqual(await names(), ["Production"]);
        assert.equal((await api.call("GET", `${at(id)}/environment/Staging/configuration`)).status, 404);
        await addStaging();
        assert.deepEqual(await names(), ["Production", "Staging"], "its branch was gone, so it can be made again");
    });

    it("give their prefix back when they are deleted; their root stays as long as they do", async () => {
        const { api, hostname, account, application, at, split } = await site();
        const shop = (await split("/shop")).json.id;
        const cart = (await split("/shop/cart", shop)).json.id;
        const refusal = await api.call("DELETE", at(application));
        assert.equal(refusal.json.code, "application-has-children");
        assert.match(
            messageOf(refusal),
            new RegExp(
                `^400 ${hostname}/shop/ \\(${shop}\\), ${hostname}/shop/cart/ \\(${cart}\\) are split from application`,
            ),
        );
        assert.equal((await api.call("DELETE", at(shop))).status, 204);
        assert.equal((await api.call("GET", at(cart))).status, 200, "what is split further stays");
        assert.equal((await split("/shop")).status, 200, "the prefix is the root's again");
        for (const { id } of requireSome<{ id: number }>((await api.get(`/account/${account}/application`)).reverse()))
            assert.equal((await api.call("DELETE", at(id))).status, 204, "the root last");
        assert.deepEqual(await api.get(`/account/${account}/domains`), []);
    });

    it("count against the account's limit and belong to its people", async () => {
        const { account, application, split } = await site();
        await split("/shop");
        const stranger = await platform().signUp(`${fresh("stranger")}@elsewhere.example`);
        const path = (id: number) => `/account/${id}/application/${application}/split`;
        const [theirs, nowhere] = [
            await stranger.call("POST", path(account), { pathPrefix: "/x" }),
            await stranger.call("POST", path(999_999), { pathPrefix: "/x" }),
        ];
        assert.equal(withoutId(theirs.text, account), withoutId(nowhere.text, 999_999));
        const { id } = await stranger.must("POST", "/account", { name: "Elsewhere" });
        assert.equal((await stranger.call("POST", path(id), { pathPrefix: "/x" })).status, 404);
    });

    it("twenty of one prefix at once make one", async () => {
        const { api, account, split } = await site();
        const answers = await Promise.all(Array.from({ length: 20 }, () => split("/race")));
        const statuses = answers.map(({ status }) => status).sort();
        assert.deepEqual(statuses, [200, ...Array(19).fill(400)]);
        assert.equal((await api.get(`/account/${account}/application`)).length, 2);
    });

    it("that are made while theirs is deleted are whole or not there", async () => {
        const outcomes = new Map<string, number>();
        for (let round = 0; round < 12; round += 1) {
            const { api, account, application, at, split } = await site();
            const parent = round % 2 === 0 ? application : (await split("/shop")).json.id;
            const prefix = round % 2 === 0 ? "/race" : "/shop/race";
            const [made, gone] = await Promise.all([
                split(prefix, parent),
                sleep(round * 2).then(() => api.call("DELETE", at(parent))),
            ]);
            assert.ok([200, 404, 503].includes(made.status), made.text);
            assert.ok([204, 400].includes(gone.status), gone.text);
            const left = await api.get(`/account/${account}/application`);
            for (const { id } of left) {
                const environments = await api.get(`${at(id)}/environment`);
                assert.ok(environments.length === 1 && environments[0].head !== undefined, "nothing half is there");
            }
            assert.equal(
                left.some(({ id }: { id: number }) => id === parent),
                gone.status === 400,
            );
            const outcome = `split ${made.status}, delete ${gone.status}`;
            outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        }
        console.log(
            `        12 rounds: ${[...outcomes].map(([outcome, count]) => `${count} x ${outcome}`).join("; ")}`,
        );
    });
});
