import assert from "node:assert/strict";
import { pushFiles } from "../../support/push";
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
        assert.deepEqual(await api.must("POST", `${at}/ipRestrictions`, { ip_blacklist: ["192.0.2.2"] }), {
            ip_blacklist: ["192.0.2.2"],
        });
        assert.equal((await api.call("POST", `${at}/ipRestrictions`, { ip_blacklist: ["2001:db8::1"] })).status, 400);
    });

    it("what a push was only warned of is shown as v1 has it", async () => {
        const { api, token } = platform();
        const { account, application, gitUrl } = await api.makeSite("Acme", `${fresh("warned")}.example`);
        const at = `/account/${account}/application/${application}/environment/Production`;
        const block = await api.get(`${at}/configuration`);
        const odd = {
            ...block,
            ip_blacklist: ["::1", "192.0.2.1", "nonsense"],
            alternate_origins: { "odd name!": { address: "a.example" } },
        };
        const proxychain = (await api.get(`${at}/stack`)).map(({ name, image }: { name: string; image: string }) => ({
            name,
            image,
        }));
        const { code, stderr } = await pushFiles(token, gitUrl, {
            files: { "section.config.json": JSON.stringify({ proxychain, environments: { Production: odd } }) },
        });
        assert.equal(code, 0, stderr);
        assert.deepEqual(await api.get(`${at}/ipRestrictions`), { ip_blacklist: ["192.0.2.1"] });
        assert.deepEqual((await api.get(`${at}/egress`)).origins["odd name!"], { address: "a.example" });
        assert.deepEqual((await api.get(`${at}/configuration`)).ip_blacklist, odd.ip_blacklist, "nothing is lost");
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
        assert.ok(
            block.origin.address.startsWith("o") && block.ip_blacklist.length === 1,
            "one of each kind is the last",
        );
    });

    it("a JSON Patch changes the block as one commit of the caller, and none when nothing differs", async () => {
        const { api } = platform();
        const at = await production();
        const patch = (...operations: unknown[]) => api.call("PATCH", `${at}/configuration`, operations);
        const answer = await patch(
            { op: "test", path: "/origin/address", value: "origin.example.net" },
            { op: "add", path: "/origin/enable_sni", value: true },
            { op: "add", path: "/ip_blacklist", value: [] },
            { op: "add", path: "/ip_blacklist/-", value: "192.0.2.1" },
            { op: "copy", from: "/origin", path: "/kept_by_a_tool" },
            { op: "move", from: "/kept_by_a_tool/address", path: "/note" },
            { op: "remove", path: "/kept_by_a_tool/enable_sni" },
            { op: "replace", path: "/origin/address", value: "new.example.net" },
        );
        const block = {
            origin: { address: "new.example.net", enable_sni: true },
            ip_blacklist: ["192.0.2.1"],
            kept_by_a_tool: {},
            note: "origin.example.net",
        };
        assert.deepEqual([answer.status, answer.json], [200, block]);
        assert.deepEqual(await api.get(`${at}/configuration`), block);
        const commits = await api.get(`${at}/commits`);
        assert.deepEqual(
            [commits[0].message, commits[0].author.email],
            ["Environment configuration update", "olga@agency.example"],
        );
        assert.equal((await patch({ op: "test", path: "/note", value: "origin.example.net" })).status, 200);
        assert.equal((await patch()).status, 200);
        assert.deepEqual(await api.get(`${at}/commits`), commits);
    });

    it("a JSON Patch that cannot be applied, or ends in what a push would refuse, changes nothing and says why", async () => {
        const { api } = platform();
        const at = await production();
        const head = await api.get(`${at}/head`);
        const refusals: [unknown, RegExp][] = [
            [
                [
                    { op: "add", path: "/note", value: 1 },
                    { op: "test", path: "/origin/address", value: "x" },
                ],
                /^operation 1 \(test "\/origin\/address"\): what is there is not the tested value/,
            ],
            [
                [{ op: "replace", path: "/orgin/address", value: "x" }],
                /^operation 0 \(replace "\/orgin\/address"\): there is nothing at \/orgin/,
            ],
            [[{ op: "remove", path: "origin" }], /^operation 0 \(remove "origin"\): "origin" is no JSON pointer/],
            [[{ op: "remove", path: "/origin" }], /^environments\.Production has no origin\. Nothing was changed/],
            [
                [{ op: "replace", path: "/origin/address", value: "a b" }],
                /^environments\.Production\.origin\.address must be a hostname/,
            ],
            [
                [{ op: "replace", path: "", value: [] }],
                /makes the configuration of Production something else than an object/,
            ],
            [
                [{ op: "add", path: "/ip_blacklist", value: ["2001:db8::1"] }],
                /makes \/ip_blacklist\/0 "2001:db8::1", which must be an IPv4 address/,
            ],
            [[{ op: "replace", path: "/origin/address" }], /^\[0\]\.value is missing/],
            [[{ op: "copy", path: "/a" }], /^\[0\]\.from must be a JSON pointer/],
            [[{ op: "merge", path: "/a" }], /^\[0\](\.op)? must be an operation/],
            [{ op: "add" }, /^the body must be a JSON Patch/],
            [undefined, /^the body must be a JSON Patch/],
            ["[", /^the body is not JSON/],
            [
                `[{"op":"add","path":"/a","value":${"[".repeat(50_000)}${"]".repeat(50_000)}}]`,
                /nested deeper than 200 levels/,
            ],
        ];
        for (const [body, words] of refusals) {
            const { status, json } = await api.call("PATCH", `${at}/configuration`, body);
            assert.equal(status, 400, JSON.stringify(body)?.slice(0, 100));
            assert.match(json.message, words);
        }
        assert.deepEqual(await api.get(`${at}/head`), head);
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
            proxychain: [{ name: "varnish", image: "varnish:6.3.1" }],
        });
        const bad = await api.must("POST", `${at}/validate`, {
            files: { "varnish/x.json": "{", "section.config.json": null },
        });
        assert.equal(bad.valid, false);
        assert.match(bad.problems[0].message, /has no section\.config\.json/);
        const placed = await api.must("POST", `${at}/validate`, {
            files: { "varnish/x.json": '{\n"a" 1}', "varnish/icon.png": { base64: "AP8=" } },
        });
        const message = "varnish/x.json:2:5: cannot be parsed as JSON: a colon is expected";
        assert.deepEqual(placed.problems, [{ path: "varnish/x.json", line: 2, column: 5, message }]);
        assert.deepEqual(await api.get(`${at}/head`), head);
    });
});
