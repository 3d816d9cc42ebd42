import assert from "node:assert/strict";
import { checkDeclaredFiles } from "../../../model/content/declared-files";

const varnish = [{ name: "varnish", image: "varnish:6.3.1" }];

async function check(texts: Record<string, string>, proxychain?: typeof varnish) {
    const { warnings, problems } = await checkDeclaredFiles({
        paths: Object.keys(texts),
        texts: new Map(Object.entries(texts)),
        proxychain,
    });
    return { warnings, refused: problems.map(({ message }) => message) };
}

describe("declared files without the rest of their branch", () => {
    it("are refused as a push would be, and for a folder that is no proxy's by a letter", async () => {
        assert.deepEqual(await check({ "varnsh/default.vcl": "vcl 4.0;" }, varnish), {
            warnings: [],
            refused: ["varnsh/default.vcl belongs to no proxy; did you mean varnish/default.vcl?"],
        });
        assert.deepEqual((await check({ "varnish/default.vcl": "sub vcl_recv { }" }, varnish)).refused, [
            "varnish/default.vcl:1:1: varnish:6.3.1 needs `vcl 4.0;` as the first statement",
        ]);
        assert.deepEqual((await check({ "varnish/proxy-features.json": "{" }, varnish)).refused, [
            "varnish/proxy-features.json:1:2: cannot be parsed as JSON: a } is missing",
        ]);
    });

    it("what is missing may be in the branch, and other folders are warned of", async () => {
        assert.deepEqual(await check({ "varnish/robots.txt": "x", "custom_errors/500.html": "x" }, varnish), {
            warnings: [],
            refused: [],
        });
        assert.deepEqual(
            await check({ "docs/a.md": "x", "varnish/default.vcl": 'vcl 4.0;\ninclude "b.vcl";' }, varnish),
            {
                warnings: [
                    "warning: docs/ belongs to no proxy, so none reads its files (the proxies' folders: varnish/)",
                ],
                refused: [],
            },
        );
    });

    it("are read as VCL 4 where they say so, though nobody knows the proxies", async () => {
        assert.deepEqual((await check({ "edge/default.vcl": "vcl 4.0;\nsub vcl_recv {" })).refused, [
            "edge/default.vcl:2:14: { is never closed",
        ]);
        assert.deepEqual(await check({ "edge/default.vcl": "any", "edge/a.json": "{" }), { warnings: [], refused: [] });
    });
});
