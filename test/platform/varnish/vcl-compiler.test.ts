import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { readTokens } from "../../../model/content/vcl/tokens";
import { findVclProblems, inspectVcl } from "../../../model/content/vcl/vcl";
import { filesOfChain } from "../../../platform/catalogue/initial-content";
import { runVarnishd } from "../../../platform/varnish/run-varnishd";
import { VclCompiler } from "../../../platform/varnish/vcl-compiler";
import { Choices, seed } from "../../support/choices";
import { type RunningPlatform, startPlatform, withFolder } from "../../support/platform";
import { pushFiles } from "../../support/push";

/** Debian's place, or the one that a person names. */
const varnishd = process.env.SECTION_TEST_VARNISHD ?? "/usr/sbin/varnishd";
const backend = 'backend default { .host = "next-hop.nowhere.example"; }\n';
const programOf = (image: string, main: string, more: Record<string, string> = {}) => ({
    image,
    folder: "varnish/",
    texts: new Map(Object.entries({ "default.vcl": `vcl 4.0;\n${backend}${main}`, ...more })),
});

describe("compiling VCL with varnishd", () => {
    before(function () {
        if (!existsSync(varnishd)) this.skip();
    });

    it("takes a program with its files and generated features, and asks no network", async () => {
        const { compile } = await VclCompiler.open(varnishd);
        const main =
            'import std;\ninclude "parts/a.vcl";\ninclude "section-features.vcl";\nsub vcl_hash { hash_data(req.url); }\n';
        const program = programOf("varnish:6.3.1", main, {
            "parts/a.vcl": "sub vcl_recv { std.log(req.url); }\n",
            "proxy-features.json": '{"statics-enable-caching":"6h"}',
        });
        assert.deepEqual(await compile(program), { warnings: [], problems: [] });
        assert.equal(compile(program), compile(program), "the same program is compiled once");
    });

    it("refuses what the image's own version does not take, and warns of it for another one", async () => {
        const { compile, version } = await VclCompiler.open(varnishd);
        const wrong = "sub vcl_recv { set req.http.a = nothing.known; }\n";
        const own = await compile(programOf(`varnish:${version}.0`, wrong));
        assert.deepEqual([own.warnings, own.problems.length], [[], 1]);
        const [problem] = own.problems;
        assert.deepEqual([problem?.path, problem?.line], ["varnish/default.vcl", 3]);
        assert.match(problem?.message ?? "", /^varnish\/default\.vcl:3:\d+: varnishd [\d.]+ does not take it: \w/);
        const other = await compile(programOf("varnish:4.0.3", wrong));
        assert.deepEqual([other.warnings, other.problems], [[`warning: ${problem?.message}`], []]);
    });

    it("the reading of statements refuses nothing that varnishd takes", async () => {
        const { compile, version } = await VclCompiler.open(varnishd);
        const template = String(filesOfChain([{ name: "p", image: "varnish:6.3.1" }]).get("p/default.vcl"));
        const pieces = [...readTokens(template)];
        const choices = new Choices(seed);
        for (let count = 0; count < 100; count += 1) {
            const { at, text } = choices.pick(...pieces);
            const other = choices.pick(
                "",
                ";",
                choices.pick(...pieces).text,
                `${text} ${choices.pick(...pieces).text}`,
            );
            const changed = template.slice(0, at) + other + template.slice(at + text.length);
            const isRefused =
                (await inspectVcl(changed)).error !== undefined ||
                findVclProblems(changed).some(({ isSure }) => isSure);
            if (!isRefused) continue;
            const texts = new Map([["default.vcl", changed]]);
            const { problems, warnings } = await compile({ image: `varnish:${version}.0`, folder: "v/", texts });
            assert.ok(
                problems.length + warnings.length > 0,
                `SECTION_TEST_SEED=${seed}: ${JSON.stringify(text)} at ${at} became ${JSON.stringify(other)}`,
            );
        }
    });

    it("reads no file of the machine, takes no C, and needs no modules that are missing here", async () => {
        const { compile, version } = await VclCompiler.open(varnishd);
        await withFolder(async (folder) => {
            await writeFile(path.join(folder, "secret"), "hunter2 hunter2\n");
            for (const main of [
                `include "${folder}/secret";\n`,
                `import std from "${folder}/secret";\n`,
                "import nothing;\n",
                "C{ int hunter2; }C\n",
            ]) {
                const { warnings, problems } = await compile(programOf(`varnish:${version}.0`, main));
                assert.deepEqual([warnings.length, problems.length], [1, 0], `${main}${problems[0]?.message}`);
                assert.doesNotMatch(warnings.join(), /hunter2 hunter2/);
            }
        });
    });
});

// the real one is on few machines; this one answers in its form
describe("a platform with the setting varnishd", function () {
    this.timeout(60_000);
    let platform: RunningPlatform;
    before(async () => {
        platform = await startPlatform({ varnishd: path.resolve("test/support/fake-varnishd.sh") });
    });
    after(() => platform.close());

    const faulty = "\n  sub vcl_recv { set req.http.a = nothing.known; }\n";
    const fault = "varnish/parts/a.vcl:2:35: varnishd 6.3 does not take it: Symbol not found: 'nothing.known'";

    async function makeSite(hostname: string) {
        const { account, application, gitUrl } = await platform.api.makeSite("Acme", hostname);
        const at = `/account/${account}/application/${application}/environment/Production`;
        const { files } = await platform.api.get(`${at}/content?content=all`);
        const textOf = (name: string): string => files.find((each: { path: string }) => each.path === name).content;
        const main = `${textOf("varnish/default.vcl")}include "parts/a.vcl";\n`;
        const config = textOf("section.config.json").replace("varnish:6.3.1", "varnish:6.1.1");
        return { at, gitUrl, main, config };
    }

    it("refuses VCL that it does not take, when a preview asks and at a push", async () => {
        const { api, token } = platform;
        const { at, gitUrl, main } = await makeSite("own.acme.example");
        const files = { "varnish/default.vcl": main, "varnish/parts/a.vcl": faulty };
        const { valid, problems } = await api.must("POST", `${at}/validate`, { files });
        assert.deepEqual(
            [valid, problems],
            [false, [{ path: "varnish/parts/a.vcl", line: 2, column: 35, message: fault }]],
        );
        const refused = await pushFiles(token, gitUrl, { files });
        assert.notEqual(refused.code, 0);
        assert.ok(refused.stderr.includes(fault), refused.stderr);
        const taken = { ...files, "varnish/parts/a.vcl": faulty.replace("nothing.known", "req.url") };
        const accepted = await pushFiles(token, gitUrl, { files: taken });
        assert.equal(accepted.code, 0, accepted.stderr);
        assert.doesNotMatch(accepted.stderr, /warning|varnishd/);
    });

    it("warns of it where the image has another version", async () => {
        const { at, gitUrl, main, config } = await makeSite("other.acme.example");
        const files = { "section.config.json": config, "varnish/default.vcl": main, "varnish/parts/a.vcl": faulty };
        const { valid, lines } = await platform.api.must("POST", `${at}/validate`, { files });
        assert.equal(valid, true);
        assert.ok(lines.includes(`warning: ${fault}`), lines.join("\n"));
        const accepted = await pushFiles(platform.token, gitUrl, { files });
        assert.equal(accepted.code, 0, accepted.stderr);
        assert.ok(accepted.stderr.includes(`warning: ${fault}`), accepted.stderr);
    });
});

describe("a program that should be varnishd", () => {
    it("is refused when it is another one, or is not there", async () => {
        await assert.rejects(VclCompiler.open("/bin/true"), /\/bin\/true is no varnishd: it says nothing/);
        await assert.rejects(VclCompiler.open("/nowhere/varnishd"), /no varnishd: spawn \/nowhere\/varnishd ENOENT/);
        assert.equal((await runVarnishd("/nowhere/varnishd", [])).exitCode, undefined);
    });

    it("that does not end judges nothing, and is asked again", async () => {
        await withFolder(async (folder) => {
            const program = path.join(folder, "varnishd");
            const answers = (last: string) =>
                writeFile(
                    program,
                    `#!/bin/sh\n[ "$1" = -V ] && { echo "varnishd (varnish-6.3.1 revision x)" >&2; exit; }\n${last}\n`,
                    { mode: 0o755 },
                );
            const takes = 'echo "const struct VCL_conf VCL_conf = {" >&2';
            await answers(takes);
            const { compile } = await VclCompiler.open(program);
            await answers("kill -9 $$");
            const vcl = programOf("varnish:6.3.1", "");
            assert.deepEqual(await compile(vcl), {
                warnings: ["warning: varnish/default.vcl was not compiled: varnishd did not end: "],
                problems: [],
            });
            await answers(takes);
            assert.deepEqual(await compile(vcl), { warnings: [], problems: [] });
        });
    });
});
