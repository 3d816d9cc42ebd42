import assert from "node:assert/strict";
import { fresh, onEveryPlatform, sharedNames } from "../../support/stores";

onEveryPlatform("cloned applications over HTTP", (platform) => {
    async function template() {
        const { api } = platform();
        const hostname = `${fresh("tpl")}.acme.example`;
        const { account, application } = await api.makeSite("Acme", hostname);
        const at = (id: number) => `/account/${account}/application/${id}`;
        const clone = (body: object, id = application) => api.call("POST", `${at(id)}/clone`, body);
        return { api, hostname, account, application, at, clone };
    }

    it("have the configuration of their template, another hostname and origin, and a history of their own", async () => {
        const { api, hostname, account, application, at, clone } = await template();
        await api.must("POST", `${at(application)}/environment/create`, {
            name: "Staging",
            source_environment_name: "Production",
            domain_name: `staging.${hostname}`,
        });
        const production = `${at(application)}/environment/Production`;
        await api.must("POST", `${production}/egress`, {
            origins: {
                default: { address: "tpl.example.net", host_header: hostname, tls_name: "tpl.example.net" },
                static: { address: "static.example.net" },
            },
            enable_sni: true,
        });
        await api.must("POST", `${production}/ipRestrictions`, { ip_blacklist: ["192.0.2.9"] });
        await api.must("POST", `${production}/stack`, { stackName: "modsecurity" });
        const other = `${fresh("clone")}.acme.example`;
        const { status, json: made } = await clone({ hostname: other, origin: "192.0.2.5" });
        assert.equal(status, 200);
        assert.deepEqual([made.application_name, made.path_prefix, made.path_prefixes], [other, "/", ["/"]]);
        const environments = await api.get(`${at(made.id)}/environment`);
        assert.deepEqual(
            environments.map(
                ({ environment_name, domains }: { environment_name: string; domains: { name: string }[] }) => [
                    environment_name,
                    domains.map(({ name }) => name),
                ],
            ),
            [["Production", [other]]],
        );
        const copy = `${at(made.id)}/environment/Production`;
        assert.deepEqual(await api.get(`${copy}/egress`), {
            origins: {
                default: { address: "192.0.2.5", host_header: other, tls_name: "192.0.2.5" },
                static: { address: "static.example.net" },
            },
            enable_sni: true,
        });
        assert.deepEqual(await api.get(`${copy}/ipRestrictions`), { ip_blacklist: ["192.0.2.9"] });
        assert.equal((await api.get(`${copy}/stack`))[0].image, "modsecurity:2.7.7");
        const [commit, ...older] = await api.get(`${copy}/commits`);
        assert.deepEqual(
            [commit.message, commit.author.email, older],
            ["initial section.config.json", "support@section.io", []],
        );
        await api.must("POST", `${at(made.id)}/environment/create`, {
            name: "Staging",
            source_environment_name: "Production",
            domain_name: `staging.${other}`,
        });
        const staging = await api.get(`${at(made.id)}/environment/Staging/configuration`);
        assert.equal(staging.origin.address, "192.0.2.5", "the template's Staging has left nothing behind");
        assert.equal((await api.get(`/account/${account}/domains`)).length, 4);
    });

    it("keep the template's origin when none is named, whatever the DNS says", async () => {
        const { api, at, clone } = await template();
        const other = `${fresh("clone")}.acme.example`;
        sharedNames.set(other, { A: ["192.0.2.99"] });
        const { json } = await clone({ hostname: other });
        assert.equal(
            (await api.get(`${at(json.id)}/environment/Production/egress`)).origins.default.address,
            "origin.example.net",
        );
    });

    it("can be made of a split application, and are a root of their own", async () => {
        const { api, application, at, clone } = await template();
        const shop = await api.must("POST", `${at(application)}/split`, { pathPrefix: "/shop" });
        const other = `${fresh("clone")}.acme.example`;
        const { json } = await clone({ hostname: other }, shop.id);
        assert.deepEqual([json.application_name, json.path_prefix], [other, "/"]);
        assert.equal((await api.call("DELETE", at(json.id))).status, 204);
    });

    it("are refused for the reasons a new one is", async () => {
        const { hostname, clone } = await template();
        const refusal = async (body: object, id?: number) => {
            const { status, json } = await clone(body, id);
            return `${status} ${json.message}`;
        };
        assert.equal(
            await refusal({ hostname: hostname.toUpperCase() }),
            `403 An application has already been created with domain name ${hostname.toUpperCase()}`,
        );
        assert.match(await refusal({ hostname: "*.acme.example" }), /^400 hostname .* wildcard.*contact support/);
        assert.match(await refusal({ hostname: "a.acme.example", origin: "x y" }), /^400 origin/);
        assert.match(
            await refusal({ hostname: "a.acme.example", stackName: "varnish" }),
            /^400 stackName is not a known property/,
        );
        assert.match(await refusal({}), /^400 hostname/);
        assert.match(await refusal({ hostname: `${fresh("clone")}.acme.example` }, 999_999), /^404 /);
    });

    it("twenty of one hostname at once make one", async () => {
        const { api, account, clone } = await template();
        const other = `${fresh("clone")}.acme.example`;
        const answers = await Promise.all(Array.from({ length: 20 }, () => clone({ hostname: other })));
        assert.deepEqual(answers.map(({ status }) => status).sort(), [200, ...Array(19).fill(403)]);
        assert.equal((await api.get(`/account/${account}/application`)).length, 2);
    });
});
