import assert from "node:assert/strict";
import { readDeclaredFiles } from "../../../../provider/nouns/environment/declared-files";
import { checkFiles, inspectContent } from "../../../../provider/nouns/environment/inspect-content";
import { Memory } from "../../../../provider/run/memory";
import { unknownValue } from "../../../../provider/run/unknown";

const proxyChain = [{ name: "varnish", image: "varnish:6.3.1" }];
const inspect = (declared: Record<string, unknown>, secretFiles?: string[] | true) =>
    inspectContent(declared, {
        memory: new Memory(),
        claimant: { project: "p", stack: "s", resource: "r", isPreview: true, secretFiles },
    });

describe("declared files, without the platform", () => {
    it("are refused with file, line, column, the line itself, and the folder that was meant", async () => {
        assert.deepEqual(
            await inspect({
                proxyChain,
                config: {
                    "varnish/default.vcl": "vcl 4.0;\nsub vcl_recv {\n",
                    "varnsh/b.vcl": "",
                    "varnish/a.json": "[1 2]",
                },
            }),
            [
                "varnsh/b.vcl belongs to no proxy; did you mean varnish/b.vcl?",
                "varnish/a.json:1:4: cannot be parsed as JSON: a comma is expected\n    1 | [1 2]\n      |    ^",
                "varnish/default.vcl:2:14: { is never closed\n    2 | sub vcl_recv {\n      |              ^",
            ].map((reason) => ({ property: "config", reason })),
        );
    });

    it("are checked as far as they are known", async () => {
        const config = { "varnish/note.txt": unknownValue, "varnish/default.vcl": "sub vcl_recv { }", "/bad": "x" };
        const reasons = (await inspect({ proxyChain, config })).map(({ reason }) => reason);
        assert.match(
            reasons.join("\n"),
            /^starts with \/[\s\S]*needs `vcl 4\.0;` as the first statement\n {4}1 \| sub vcl_recv/,
        );
        const laterChain = [{ name: unknownValue, image: "varnish:6.3.1" }];
        const known = { "varnish/default.vcl": "vcl 4.0;" };
        assert.deepEqual(await inspect({ proxyChain: laterChain, config: known }), []);
        assert.deepEqual(await inspect({ config: unknownValue }), []);
        assert.deepEqual(await inspect({}), []);
    });

    it("of a program's secrets are refused without a word of them", async () => {
        const config = { "varnish/default.vcl": "vcl 4.0;\nhunter2 { }" };
        for (const secret of [["varnish/default.vcl"], true as const]) {
            const [issue, ...others] = await inspect({ proxyChain, config }, secret);
            assert.match(issue?.reason ?? "", /^varnish\/default\.vcl:2: the platform would refuse it/);
            assert.deepEqual(others, []);
        }
        assert.match(
            (await inspect({ proxyChain, config }, ["other"]))[0]?.reason ?? "",
            /hunter2 begins no declaration/,
        );
    });

    it("that many sites share are checked once", async () => {
        const memory = new Memory();
        const check = (text: string) =>
            checkFiles(memory, readDeclaredFiles({ "varnish/default.vcl": text }), proxyChain);
        assert.equal(check("vcl 4.0;"), check("vcl 4.0;"));
        assert.notEqual(check("vcl 4.0;"), check("vcl 4.1;"));
    });
});
