import assert from "node:assert/strict";
import { Api } from "../../support/api";
import { fresh, onEveryPlatform } from "../../support/stores";

onEveryPlatform("proxies over HTTP", (platform) => {
    async function site() {
        const { account, application } = await platform().api.makeSite("Acme", `${fresh("proxy")}.acme.example`);
        return `/account/${account}/application/${application}/environment/Production`;
    }

    it("a Varnish CLI bridge writes its VCL: one commit by the caller, with its message, answered with a message", async () => {
        const { api } = platform();
        const at = await site();
        const content = 'vcl 4.0;\n# made by Turpentine "quoted"\r\nbackend default { .host = "next-hop"; }\n';
        const body = JSON.stringify({
            personality: "MagentoTurpentine",
            message: "Update from varnish-cli-bridge",
            content,
        });
        const send = () =>
            api.call("POST", `${at}/proxy/varnish/configuration`, body, {
                "content-type": "application/json",
                "user-agent": "section.io varnish-cli-bridge, version 1.0.0, commit abc",
            });
        const { status, json } = await send();
        assert.deepEqual([status, json], [200, { message: "The configuration was updated" }]);
        const commits = await api.get(`${at}/commits`);
        assert.deepEqual(
            [commits[0].message, commits[0].author.email],
            ["Update from varnish-cli-bridge", "olga@agency.example"],
        );
        assert.equal((await api.get(`${at}/proxy/varnish/configuration`)).content, content, "to the byte");
        assert.deepEqual((await send()).json, { message: "The configuration is this already" });
        assert.deepEqual(await api.get(`${at}/commits`), commits);
    });

    it("features come and go as the text of their file, and generate VCL", async () => {
        const { api } = platform();
        const at = await site();
        const before = await api.get(`${at}/proxy/varnish/configuration`);
        assert.match(before.content, /include "section-features\.vcl";\n$/);
        assert.equal(JSON.parse(before.features)["statics-enable-caching"], "6h");
        assert.match(before.generatedContent, /set beresp\.ttl = 6h;/);
        assert.equal(before.message, undefined, "a message at the top is a failure to some clients");
        const features = '{"statics-enable-caching": "2d",\n  "a-key-of-tomorrow": {"x": 1}}';
        await api.must("POST", `${at}/proxy/varnish/configuration`, { content: before.content, features });
        const after = await api.get(`${at}/proxy/varnish/configuration`);
        assert.deepEqual([after.content, after.features], [before.content, features]);
        assert.match(after.generatedContent, /set beresp\.ttl = 2d;/);
        assert.equal((await api.get(`${at}/commits`))[0].message, "Proxy configuration update");
    });

    it("are found by their name in the chain, refused in the words of a push, and written by admins", async () => {
        const { api, signUp, url } = platform();
        const at = await site();
        const content = "vcl 4.0;\n";
        for (const [name, status, words] of [
            ["nothing", 404, /^there is no proxy nothing in environment Production/],
            ["Varnish", 404, /^there is no proxy Varnish/],
            ["my-varnish", 400, /^proxyName can only contain alphanumeric characters/],
            ["v".repeat(33), 400, /^proxyName can only contain/],
        ] as const) {
            for (const [method, body] of [
                ["GET", undefined],
                ["POST", { content }],
            ] as const) {
                const answer = await api.call(method, `${at}/proxy/${name}/configuration`, body);
                assert.equal(answer.status, status, name);
                assert.match(answer.json.message, words);
            }
        }
        const refused = async (body: unknown) =>
            (await api.call("POST", `${at}/proxy/varnish/configuration`, body)).json.message;
        assert.match(await refused({ content: " " }), /^varnish\/default\.vcl is empty\. Nothing was changed/);
        assert.match(
            await refused({ content, features: "{," }),
            /^varnish\/proxy-features\.json:1:2: cannot be parsed as JSON/,
        );
        assert.match(await refused({}), /^content must be the text of the proxy's main file/);
        const email = `${fresh("state")}@agency.example`;
        const reader = await signUp(email);
        await api.must("POST", `${at.split("/application")[0]}/user`, { email, accountCapability: "state" });
        assert.equal((await reader.call("GET", `${at}/proxy/varnish/configuration`)).status, 200);
        assert.equal((await reader.call("POST", `${at}/proxy/varnish/configuration`, { content })).status, 403);
        assert.equal((await new Api(url, undefined).call("GET", `${at}/proxy/varnish/configuration`)).status, 401);
    });

    it("a module that has features only takes those", async () => {
        const { api } = platform();
        const at = await site();
        await api.must("POST", `${at}/stack`, { stackName: "sigsci" });
        const { content, features, generatedContent } = await api.get(`${at}/proxy/sigsci/configuration`);
        assert.deepEqual([content, generatedContent], ["", undefined]);
        assert.match(features, /SIGSCI_ACCESSKEYID=YOUR_KEY_ID/);
        const changed = features.replace("YOUR_KEY_ID", "42");
        await api.must("POST", `${at}/proxy/sigsci/configuration`, { content: "", features: changed });
        assert.equal((await api.get(`${at}/proxy/sigsci/configuration`)).features, changed);
        assert.match(
            (await api.call("POST", `${at}/proxy/sigsci/configuration`, { content: "x" })).json.message,
            /has no file that content could be/,
        );
    });
});
