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
import { withFolder } from "../../support/platform";

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
