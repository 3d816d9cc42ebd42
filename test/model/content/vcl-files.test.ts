import assert from "node:assert/strict";
import { checkVclFiles } from "../../../model/content/vcl-files";

async function check(texts: Record<string, string>, image = "varnish:6.3.1") {
    const files = new Map(Object.entries(texts));
    const { warnings, problems } = await checkVclFiles({
        image,
        folder: "varnish/",
        texts: files,
        has: (path) => files.has(path),
    });
    return { warnings, refused: problems.map(({ message }) => message) };
}

const recv = 'sub vcl_recv {\n set req.http.a = "1"\n}\n';

describe("the VCL files of a proxy", () => {
    it("are refused for a missing semicolon and a function that does not exist, with file, line and column", async () => {
        assert.deepEqual((await check({ "default.vcl": `vcl 4.0;\nimport std;\n${recv}` })).refused, [
            "varnish/default.vcl:4:22: ; is missing after set",
        ]);
        assert.deepEqual(
            (
                await check({
                    "default.vcl": "vcl 4.0;\nimport std;\nsub vcl_recv { set req.url = std.tolowr(req.url); }",
                })
            ).refused,
            ["varnish/default.vcl:3:30: std.tolowr does not exist; did you mean std.tolower?"],
        );
    });

    it("are one program with the files that are included outside of subroutines", async () => {
        const main = 'vcl 4.0;\ninclude "a.vcl";\nsub vcl_hash { include "part.vcl"; }\n';
        const found = await check({
            "default.vcl": main,
            "a.vcl": 'include "./b.vcl";',
            "b.vcl": recv,
            "part.vcl": "hash_data(1)",
        });
        assert.deepEqual(found, { warnings: [], refused: ["varnish/b.vcl:2:22: ; is missing after set"] });
    });

    it("that nothing includes, or that complete each other, are only warned of", async () => {
        assert.deepEqual(await check({ "default.vcl": "vcl 4.0;", "old.vcl": recv, "note.vcl": "any text" }), {
            warnings: ["warning: varnish/old.vcl:2:22: ; is missing after set"],
            refused: [],
        });
        const halves = 'vcl 4.0;\ninclude "begin.vcl";\ninclude "middle.vcl";\ninclude "end.vcl";\n';
        const found = await check({
            "default.vcl": halves,
            "begin.vcl": "sub vcl_recv {",
            "middle.vcl": "set req.url = req.url;",
            "end.vcl": "}",
        });
        assert.deepEqual(found.refused, []);
        assert.deepEqual(found.warnings, [
            "warning: varnish/begin.vcl:1:14: { is never closed",
            "warning: varnish/middle.vcl:1:1: set is a statement, which belongs in a subroutine",
            "warning: varnish/end.vcl:1:1: } closes nothing",
        ]);
    });

    it("of VCL 3 are another language, and what may exist elsewhere is a warning", async () => {
        assert.deepEqual(await check({ "default.vcl": "sub vcl_fetch { remove req.http.a; }" }, "varnish3"), {
            warnings: [],
            refused: [],
        });
        assert.deepEqual(await check({ "default.vcl": "vcl 4.0;\nsub vcl_recv { std.quantum(1); }" }), {
            warnings: [
                "warning: varnish/default.vcl:2:16: std.quantum is no function of std in the versions that are known here",
            ],
            refused: [],
        });
        assert.deepEqual((await check({ "default.vcl": 'vcl 4.0;\ninclude "gone.vcl";' })).warnings, [
            "warning: varnish/default.vcl includes gone.vcl, which is not there",
        ]);
    });
});
