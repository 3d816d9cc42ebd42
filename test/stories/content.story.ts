import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as section from "pulumi-section";
import { openStack } from "../harness/stack";
import { writeFiles } from "../support/files";
import { mustGit } from "../support/git";
import { type Endpoint, startOlderEndpoint } from "../support/older-endpoint";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import { ways } from "../support/provider";
import { pushFiles } from "../support/push";
import { openStack as openEngineStack } from "../support/stack";

const vcl = (ttl: string) =>
    `vcl 4.0;\n\nbackend default {\n    .host = "next-hop";\n    .port = "80";\n}\n\n# ttl ${ttl}\n# the end\n`;
const logo = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
const newLogo = Buffer.concat([logo, Buffer.from([0xff])]);
const privateKeyLine = "-----BEGIN PRIVATE KEY-----";

for (const way of ways)
    describe(`content, by ${way}`, () => {
        let platform: RunningPlatform;
        let endpoint: Endpoint;
        beforeEach(async () => {
            platform = await startPlatform();
            const { url } = platform;
            endpoint =
                way === "git" ? await startOlderEndpoint(url, "environment.commit") : { url, close: async () => {} };
        });
        afterEach(async () => {
            await endpoint.close();
            await platform.close();
        });

        const open = (folder: string, program: () => Promise<Record<string, unknown>>, on = openStack) =>
            on({ folder, program, environment: { SECTION_ENDPOINT: endpoint.url, SECTION_TOKEN: platform.token } });

        async function filesOf(folder: string, gitUrl: unknown, branch: string): Promise<string[]> {
            await mustGit(
                folder,
                platform.token,
                "clone",
                "--quiet",
                "--branch",
                branch,
                gitUrl as string,
                `clone-${branch}`,
            );
            return (await mustGit(path.join(folder, `clone-${branch}`), undefined, "ls-files")).trim().split("\n");
        }

        it("of a shared base and overrides: previews show the lines that change, binary files by size and id", () =>
            withFolder(async (folder) => {
                await writeFiles(folder, {
                    "base/varnish/default.vcl": vcl("{{ttl}}"),
                    "base/varnish/logo.png": logo,
                    "base/custom_errors/500.html": "<h1>Sorry</h1>\n",
                    "base/notes/README.md": "for us only\n",
                    "acme/custom_errors/500.html": "<h1>Acme is sorry</h1>\n",
                });
                const program =
                    (ttl: string, image = logo) =>
                    async () => {
                        const acme = new section.Organization("acme", { name: "Acme" });
                        const www = new section.Application("www", {
                            organization: acme.id,
                            hostname: "www.acme.example",
                            origin: "192.0.2.1",
                        });
                        const sources = [
                            path.join(folder, "base"),
                            path.join(folder, "acme"),
                            { "varnish/logo.png": { base64: image.toString("base64") } },
                        ];
                        const config = section.configFrom(sources, { variables: { ttl }, exclude: "**/*.md" });
                        new section.Environment("production", { application: www.id, name: "Production", config });
                        return { gitUrl: www.gitUrl };
                    };
                const stack = await open(folder, program("6h"), way === "git" ? openStack : openEngineStack);
                const { outputs } = await stack.up();
                const files = await filesOf(folder, outputs.gitUrl, "Production");
                assert.ok(
                    files.includes("custom_errors/500.html.sample") && !files.includes("notes/README.md"),
                    files.join(),
                );
                const clone = path.join(folder, "clone-Production");
                assert.deepEqual(await readFile(path.join(clone, "varnish/logo.png")), logo);
                assert.equal(
                    await readFile(path.join(clone, "custom_errors/500.html"), "utf8"),
                    "<h1>Acme is sorry</h1>\n",
                );

                stack.setProgram(program("12h", newLogo));
                const { changes, stdout } = await stack.preview({ diff: true });
                assert.deepEqual(changes, { same: 3, update: 1 });
                assert.match(stdout, /varnish\/default\.vcl[\s\S]*\n\s+- # ttl 6h\n\s+\+ # ttl 12h\n\s+# the end/);
                assert.match(
                    stdout,
                    /varnish\/logo\.png[\s\S]*~ blob *: "[0-9a-f]{40}" => "[0-9a-f]{40}"\n\s+~ bytes *: 16 => 17/,
                );
                assert.doesNotMatch(stdout, /500\.html|iVBORw0KGgo|base64/, "only what changes, and no bytes");
                await stack.up();
                assert.ok(!(await stack.state()).includes(newLogo.toString("base64")), "the bytes stand in the state");
                await mustGit(clone, platform.token, "pull", "--quiet");
                assert.deepEqual(await readFile(path.join(clone, "varnish/logo.png")), newLogo);

                const pushed = await pushFiles(platform.token, outputs.gitUrl as string, {
                    files: { "varnish/logo.png": "no picture\n", "robots.txt": "theirs\n" },
                });
                assert.equal(pushed.code, 0);
                assert.equal((await stack.refresh()).changes.update, 1);
                assert.match(
                    (await stack.preview({ diff: true })).stdout,
                    /- varnish\/logo\.png: "no picture\\n"\s+\+ varnish\/logo\.png: \{\s+\+ blob/,
                );
                await stack.up();
                await mustGit(clone, platform.token, "pull", "--quiet");
                assert.deepEqual(await readFile(path.join(clone, "varnish/logo.png")), newLogo);
                assert.equal(
                    await readFile(path.join(clone, "robots.txt"), "utf8"),
                    "theirs\n",
                    "what nobody declared is left alone",
                );
            }));

        it("that is owned completely has no other files: they are named before they go, and when they come back", () =>
            withFolder(async (folder) => {
                const program = (ownership: "managed" | "complete") => async () => {
                    const acme = new section.Organization("acme", { name: "Acme" });
                    const www = new section.Application("www", {
                        organization: acme.id,
                        hostname: "www.acme.example",
                        origin: "192.0.2.1",
                    });
                    const config = { "varnish/default.vcl": vcl("6h"), "varnish/proxy-features.json": "{}" };
                    new section.Environment("production", {
                        application: www.id,
                        name: "Production",
                        config,
                        ownership,
                    });
                    return { gitUrl: www.gitUrl };
                };
                const stack = await open(folder, program("managed"));
                const gitUrl = (await stack.up()).outputs.gitUrl as string;
                const payload = '{\n\t"section_payload_id": "a2ad0ffb-4046-4be9-81d2-ebea77743ae4"\n}';
                await pushFiles(platform.token, gitUrl, {
                    files: { "app/.section-external-source.json": payload, "old.txt": "old\n" },
                });
                stack.setProgram(program("complete"));
                const { message } = await stack.preview().then(
                    () => assert.fail("what was never seen is not removed"),
                    (error: Error) => error,
                );
                assert.match(
                    message,
                    /Production of 1\/1 has files that are not declared and will be removed: custom_errors\/500\.html\.sample, local\.config\.json\.sample, old\.txt/,
                );
                assert.match(message, /"by hand" moved branch Production .* and changed .*old\.txt/);
                await stack.refresh();
                await stack.up();
                assert.deepEqual(await filesOf(folder, gitUrl, "Production"), [
                    ".gitignore",
                    "app/.section-external-source.json",
                    "section.config.json",
                    "varnish/default.vcl",
                    "varnish/proxy-features.json",
                ]);

                await pushFiles(platform.token, gitUrl, { files: { "rogue.txt": "hush, a secret\n" } });
                assert.equal((await stack.refresh()).changes.update, 1);
                const { stdout } = await stack.preview({ diff: true });
                assert.match(stdout, /- undeclared[\s\S]*- rogue\.txt/);
                assert.doesNotMatch(stdout, /hush/);
                await stack.up();
                const clone = path.join(folder, "clone-Production");
                await mustGit(clone, platform.token, "pull", "--quiet");
                assert.ok(!(await mustGit(clone, undefined, "ls-files")).includes("rogue.txt"));

                await pushFiles(platform.token, gitUrl, { files: { "kept.txt": "kept\n" } });
                await stack.refresh();
                await stack.up({ program: program("managed") });
                await mustGit(clone, platform.token, "pull", "--quiet");
                assert.ok(
                    (await mustGit(clone, undefined, "ls-files")).includes("kept.txt"),
                    "managed again leaves it alone",
                );
            }));

        it("whose file becomes a folder, and the reverse, is applied; both at once are refused with both names", () =>
            withFolder(async (folder) => {
                const program = (config: Record<string, string>) => async () => {
                    const acme = new section.Organization("acme", { name: "Acme" });
                    const www = new section.Application("www", {
                        organization: acme.id,
                        hostname: "www.acme.example",
                        origin: "192.0.2.1",
                    });
                    new section.Environment("production", { application: www.id, name: "Production", config });
                    return { gitUrl: www.gitUrl };
                };
                const stack = await open(folder, program({ "app/page": "one\n", "other/deep/file": "one\n" }));
                const gitUrl = (await stack.up()).outputs.gitUrl as string;
                await stack.up({ program: program({ "app/page/index.html": "two\n", other: "two\n" }) });
                const files = await filesOf(folder, gitUrl, "Production");
                assert.deepEqual(
                    files.filter((file) => /^(app|other)/.test(file)),
                    ["app/page/index.html", "other"],
                );
                stack.setProgram(program({ other: "two\n", "other/deep/file": "one\n" }));
                await assert.rejects(stack.preview(), /config has other and other\/deep\/file: other cannot be a file/);
            }));

        it("that no proxy can read is refused by the first preview, with file, line, column, the line and the remedy", () =>
            withFolder(async (folder) => {
                const site =
                    (config: section.EnvironmentArgs["config"], stack?: string) =>
                    async (): Promise<{ gitUrl?: unknown }> => {
                        const acme = new section.Organization("acme", { name: "Acme" });
                        const www = new section.Application("www", {
                            organization: acme.id,
                            hostname: "www.acme.example",
                            origin: "192.0.2.1",
                            stack,
                        });
                        new section.Environment("production", { application: www.id, name: "Production", config });
                        return { gitUrl: www.gitUrl };
                    };
                const recv = (line: string) => `vcl 4.0;\nimport std;\nsub vcl_recv {\n    ${line}\n}\n`;
                const mistakes: [section.EnvironmentArgs["config"], RegExp][] = [
                    [
                        { "varnsh/default.vcl": vcl("6h") },
                        /varnsh\/default\.vcl belongs to no proxy; did you mean varnish\/default\.vcl\?/,
                    ],
                    [
                        { "varnish/default.vcl": recv('set req.http.a = "1"') },
                        /varnish\/default\.vcl:4:25: ; is missing after set\n +4 \| {5}set req\.http\.a = "1"\n +\| +\^/,
                    ],
                    [
                        { "varnish/default.vcl": recv("set req.url = std.tolowr(req.url);") },
                        /varnish\/default\.vcl:4:19: std\.tolowr does not exist; did you mean std\.tolower\?/,
                    ],
                    [{ "varnish/default.vcl": "vcl 4.0;\nsub vcl_recv {\n" }, /default\.vcl:2:14: \{ is never closed/],
                    [{ "varnish/default.vcl": "sub vcl_recv { }\n" }, /varnish:6\.3\.1 needs `vcl 4\.0;` as the first/],
                    [{ "varnish/proxy-features.json": "{,}" }, /proxy-features\.json:1:2: cannot be parsed as JSON/],
                ];
                const stack = await open(folder, site({ "varnish/default.vcl": vcl("6h") }));
                for (const [config, refusal] of way === "request" ? mistakes : mistakes.slice(0, 1)) {
                    stack.setProgram(site(config));
                    await assert.rejects(stack.preview(), refusal);
                }
                stack.setProgram(site({ "openrsty/server.conf": "x" }, "openresty"));
                await assert.rejects(
                    stack.preview(),
                    /did you mean openresty\/server\.conf\?/,
                    "of the stack's proxies",
                );

                await stack.up({ program: site({ "varnish/default.vcl": vcl("6h") }) });
                for (const [config, refusal] of mistakes.slice(0, 2)) {
                    stack.setProgram(site(config));
                    await assert.rejects(stack.preview(), refusal);
                }
                const included = { "varnish/default.vcl": `${vcl("6h")}include "gone.vcl";\n` };
                const warning = /environment 1\/1\/Production: warning: varnish\/default\.vcl includes gone\.vcl/;
                stack.setProgram(site(included));
                assert.match((await stack.preview()).stdout, warning);
                assert.match((await stack.up({ program: site(included) })).stdout, warning, "what the push answered");
            }));

        it("that is a secret is refused by file and line, without a word of it", () =>
            withFolder(async (folder) => {
                const site = (secret: (text: string) => section.EnvironmentArgs["config"]) => async () => {
                    const acme = new section.Organization("acme", { name: "Acme" });
                    const www = new section.Application("www", {
                        organization: acme.id,
                        hostname: "www.acme.example",
                        origin: "192.0.2.1",
                    });
                    const config = secret('vcl 4.0;\nsub vcl_recv {\n    hunter2 req.http.a = "1";\n}\n');
                    new section.Environment("production", { application: www.id, name: "Production", config });
                    return {};
                };
                const file = (text: string) => ({ "varnish/default.vcl": pulumi.secret(text) });
                const stack = await open(folder, site(file));
                for (const program of [site(file), site((text) => pulumi.secret({ "varnish/default.vcl": text }))]) {
                    stack.setProgram(program);
                    await assert.rejects(stack.preview(), ({ message }: Error) => {
                        assert.match(
                            message,
                            /varnish\/default\.vcl:3: the platform would refuse it; its content is a secret/,
                        );
                        assert.doesNotMatch(message, /hunter2/);
                        return true;
                    });
                }
            }));

        it("has the ASCII form of origins that are IDN", () =>
            withFolder(async (folder) => {
                const stack = await open(folder, async () => {
                    const acme = new section.Organization("acme", { name: "Acme" });
                    const www = new section.Application("www", {
                        organization: acme.id,
                        hostname: "bücher.example",
                        origin: "Ursprung.bücher.example",
                    });
                    const origin = {
                        address: "bücher.example",
                        hostHeader: "bücher.example",
                        tlsName: "bücher.example",
                    };
                    const staging = { application: www.id, name: "Staging", hostname: "staging.acme.example" };
                    new section.Environment("staging", { ...staging, origin, origins: { cdn: "bücher.example" } });
                    return { gitUrl: www.gitUrl };
                });
                const gitUrl = (await stack.up()).outputs.gitUrl;
                await filesOf(folder, gitUrl, "Staging");
                const file = path.join(folder, "clone-Staging", "section.config.json");
                const { environments } = JSON.parse(await readFile(file, "utf8"));
                const ascii = "xn--bcher-kva.example";
                const { origin, alternate_origins } = environments.Staging;
                assert.deepEqual(
                    [environments.Production.origin.address, origin, alternate_origins],
                    [
                        `ursprung.${ascii}`,
                        { address: ascii, host_header: ascii, tls_name: ascii },
                        { cdn: { address: ascii } },
                    ],
                );
                assert.equal((await stack.refresh()).changes.update, undefined);
            }));

        it("that looks like a secret is warned of by path and line, once for all sites, never shown; sizes and gaps are refused by name", () =>
            withFolder(async (folder) => {
                const site = (config: section.EnvironmentArgs["config"]) => async () => {
                    const acme = new section.Organization("acme", { name: "Acme" });
                    for (const name of ["one", "two"]) {
                        const www = new section.Application(name, {
                            organization: acme.id,
                            hostname: `${name}.acme.example`,
                            origin: "192.0.2.1",
                        });
                        new section.Environment(name, { application: www.id, name: "Production", config });
                    }
                    return {};
                };
                const config = {
                    "app/key.pem": `# our key\n${privateKeyLine}\nMIIEvQIBADANBg\n`,
                    "app/a.conf": 'x = 1\npassword = "hunter22"\n',
                    "varnish/x.png": { base64: "AAD/" },
                };
                const stack = await open(folder, site(config));
                const { stdout } = await stack.preview();
                assert.equal(stdout.match(/^ +warning: app\/key\.pem:2 looks like a private key/gm)?.length, 1, stdout);
                assert.equal(stdout.match(/^ +warning: app\/a\.conf:2 looks like a password/gm)?.length, 1, stdout);
                assert.doesNotMatch(stdout, /hunter22|MIIEvQ/);
                stack.setProgram(
                    site({
                        "varnish/huge.bin": { base64: Buffer.alloc(1024 * 1024 + 1).toString("base64") },
                        "varnish/x": { base64: "%" },
                    }),
                );
                await assert.rejects(stack.preview(), (error: Error) => {
                    assert.match(error.message, /config\["varnish\/huge\.bin"\]\.base64 has 1048577 bytes/);
                    assert.match(error.message, /config\["varnish\/x"\]\.base64 must be base64/);
                    return (
                        error.message.length < 20_000 ||
                        assert.fail(`the refusal shows the file: ${error.message.length} characters`)
                    );
                });
                stack.setProgram(async () => ({ config: section.configFrom({ "a.vcl": "one\n{{ttl}}" }) }));
                await assert.rejects(stack.preview(), /a\.vcl:2: \{\{ttl\}\} has no value/);
            }));
    });
