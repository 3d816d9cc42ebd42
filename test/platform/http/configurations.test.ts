import assert from "node:assert/strict";
import { fresh, onEveryPlatform } from "../../support/stores";

onEveryPlatform("configuration over HTTP", (platform) => {
    async function production() {
        const { account, application } = await platform().api.makeSite("Acme", `${fresh("conf")}.acme.example`);
        return `/account/${account}/application/${application}/environment/Production`;
    }

    it("egress is a view of the block: what is set comes back, and is one commit", async () => {
        const { api } = platform();
        const at = await production();
        const egress = {
            origins: {
                default: { address: "maps.example.net", http_port: 8080, host_header: "maps.example.net" },
                cdn: { address: "192.0.2.7", keepalive_seconds: 240 },
            },
            enable_sni: true,
            remove_request_headers: ["X-Debug"],
            upstream_response_timeout_seconds: 600,
        };
        assert.deepEqual(await api.must("POST", `${at}/egress`, egress), egress);
        assert.deepEqual(await api.get(`${at}/egress`), egress);
        const block = await api.get(`${at}/configuration`);
        assert.equal(block.origin.enable_sni, true, "shared settings stand inside the origin");
        assert.deepEqual(block.alternate_origins, { cdn: { address: "192.0.2.7", keepalive_seconds: 240 } });
        const commits = await api.get(`${at}/commits`);
        await api.must("POST", `${at}/egress`, egress);
        assert.equal((await api.get(`${at}/commits`)).length, commits.length, "the same again is no commit");
    });

    it("egress refuses what no origin can be", async () => {
        const { api } = platform();
        const at = await production();
        for (const origins of [
            {},
            { default: { address: "a b" } },
            { default: { address: "a", http_port: 81 } },
            { default: { address: "a" }, "bad name": { address: "a" } },
            { default: { address: "a", keepalive_seconds: 241 } },
        ]) {
            assert.equal((await api.call("POST", `${at}/egress`, { origins })).status, 400, JSON.stringify(origins));
        }
    });

    it("IP restrictions are replaced, IPv4 only", async () => {
        const { api } = platform();
        const at = await production();
        assert.deepEqual(await api.get(`${at}/ipRestrictions`), { ip_blacklist: [] });
        await api.must("POST", `${at}/ipRestrictions`, { ip_blacklist: ["192.0.2.1", "198.51.100.0/24"] });
        assert.deepEqual(await api.must("POST", `${at}/ipRestrictions`, { ip_blacklist: ["192.0.2.2"] }), { ip_blacklist: ["192.0.2.2"] });
        assert.equal((await api.call("POST", `${at}/ipRestrictions`, { ip_blacklist: ["2001:db8::1"] })).status, 400);
    });

    it("twenty writers at once lose nothing", async () => {
        const { api } = platform();
        const at = await production();
        const before = (await api.get(`${at}/commits?limit=100`)).length;
        const answers = await Promise.all(
            Array.from({ length: 20 }, (_, index) =>
                index % 2 === 0
                    ? api.call("POST", `${at}/egress`, { origins: { default: { address: `o${index}.example.net` } } })
                    : api.call("POST", `${at}/ipRestrictions`, { ip_blacklist: [`192.0.2.${index}`] }),
            ),
        );
        assert.deepEqual(
            answers.map(({ status }) => status),
            Array(20).fill(200),
        );
        assert.equal((await api.get(`${at}/commits?limit=100`)).length, before + 20);
        const block = await api.get(`${at}/configuration`);
        assert.ok(block.origin.address.startsWith("o") && block.ip_blacklist.length === 1, "one of each kind is the last");
    });

    it("a stack is a proxy chain with its files; unknown ones are refused", async () => {
        const { api } = platform();
        const at = await production();
        const chain = await api.must("POST", `${at}/stack`, { stackName: "openresty" });
        assert.deepEqual(
            chain.map(({ name, image }: { name: string; image: string }) => [name, image]),
            [["openresty", "openresty:1.13.6.1"]],
        );
        assert.deepEqual(await api.get(`${at}/stack`), chain);
        assert.equal((await api.call("POST", `${at}/stack`, { stackName: "varnish-99" })).status, 403);
    });

    it("validate says what a push would, and writes nothing", async () => {
        const { api } = platform();
        const at = await production();
        const head = await api.get(`${at}/head`);
        assert.deepEqual(await api.must("POST", `${at}/validate`, { files: {} }), {
            valid: true,
            lines: ["Validating configuration for proxy varnish..."],
            problems: [],
        });
        const bad = await api.must("POST", `${at}/validate`, { files: { "varnish/x.json": "{", "section.config.json": null } });
        assert.equal(bad.valid, false);
        assert.match(bad.problems[0].message, /has no section\.config\.json/);
        assert.deepEqual(await api.get(`${at}/head`), head);
    });
});
