import assert from "node:assert/strict";
import { checkProxyFiles } from "../../../model/content/proxy-files";

const rules = {
    branch: "Production",
    isEnvironment: true,
    imageExists: () => true,
    payloadExists: async (payload: string) => payload === "known",
};

async function check(image: string, texts: Record<string, string>, size?: (path: string) => Promise<number>) {
    const files = Object.keys(texts).map((path) => ({ path: `p/${path}`, mode: "100644" }));
    const read = async (path: string) => Buffer.from(texts[path.slice(2)] as string);
    const { warnings, problems } = await checkProxyFiles({ name: "p", image }, { files, read, size }, rules);
    return { warnings, refused: problems.map(({ message }) => message) };
}

const fine = { warnings: [], refused: [] };
const vcl = { "default.vcl": "vcl 4.0;\n" };

describe("the files of a proxy", () => {
    it("JSON is refused with file, line and column, all files at once", async () => {
        const { refused } = await check("varnish:6.3.1", {
            ...vcl,
            "proxy-features.json": '{\n "a": 1,\n}',
            "deep/other.json": "[1 2]",
        });
        assert.deepEqual(refused, [
            'p/proxy-features.json:3:1: cannot be parsed as JSON: a property name in "double quotes" is expected',
            "p/deep/other.json:1:4: cannot be parsed as JSON: a comma is expected",
        ]);
        assert.deepEqual((await check("kraken:2.0.0", { "kraken.json": '{"a":1,"a":2}' })).warnings, [
            'warning: p/kraken.json:1:8: key "a" stands twice; the last one counts',
        ]);
    });

    it("application code may have JSON of any kind beside what is read", async () => {
        const code = {
            "tsconfig.json": "// comments\n{}",
            "src/data.json": "{,}",
            ".vscode/settings.json": "{,}",
            "node_modules/x/package.json": "{,}",
        };
        assert.deepEqual(await check("nodejs:14.10.0", { ...code, "package.json": "{}" }), fine);
        assert.match(
            (await check("nodejs:14.10.0", { ...code, "package.json": "{" })).refused.join(),
            /p\/package\.json:1:2: cannot be parsed/,
        );
        assert.deepEqual(await check("varnish:6.3.1", { ...vcl, ".vscode/settings.json": "// x" }), fine);
    });

    it("VCL is refused for what no version takes, and warned of else", async () => {
        assert.deepEqual(await check("varnish:6.3.1", vcl), fine);
        assert.deepEqual((await check("varnish:6.3.1", { "default.vcl": "vcl 4.0;\nsub a {\n" })).refused, [
            "p/default.vcl:2:7: { is never closed",
        ]);
        assert.deepEqual((await check("varnish:4.0.3", { "default.vcl": "sub a { }" })).refused, [
            "p/default.vcl:1:1: varnish:4.0.3 needs `vcl 4.0;` as the first statement",
        ]);
        assert.match((await check("varnish-4.0.3", { "default.vcl": "sub a { }" })).refused.join(), /needs/);
        for (const old of ["varnish", "varnish3", "varnish305vmods"])
            assert.deepEqual(await check(old, { "default.vcl": "sub vcl_fetch { }" }), fine, old);
        assert.deepEqual((await check("varnish:6.3.1", { "default.vcl": " \n" })).refused, ["p/default.vcl is empty"]);
        assert.deepEqual(await check("varnish:6.3.1", { ...vcl, "part.vcl": "sub a {", "empty.vcl": "" }), {
            warnings: ["warning: p/empty.vcl is empty", "warning: p/part.vcl:1:7: { is never closed"],
            refused: [],
        });
        assert.match(
            (await check("varnish:5.1.3", { "default.vcl": "vcl 4.1;" })).warnings.join(),
            /which varnish:5\.1\.3 may not know/,
        );
        assert.match(
            (await check("varnish:6.3.1", { "other.vcl": "sub a { }" })).warnings.join(),
            /p\/default\.vcl is missing/,
        );
        assert.deepEqual(await check("openresty:1.13.6.1", { "x.vcl": "{" }), fine);
    });

    it("includes that are not there are named", async () => {
        const text =
            'vcl 4.0;\ninclude "a.vcl";\ninclude "./b.vcl";\ninclude "section-features.vcl";\ninclude "/etc/varnish/x.vcl";\ninclude "gone.vcl";';
        const { warnings, refused } = await check("varnish:6.3.1", {
            "default.vcl": text,
            "a.vcl": "sub a { }",
            "b.vcl": "sub b { }",
        });
        assert.deepEqual([warnings, refused], [["warning: p/default.vcl includes gone.vcl, which is not there"], []]);
    });

    it("an upload that the account does not have is warned of", async () => {
        const naming = (text: string) => check("nodejs:14.10.0", { ".section-external-source.json": text });
        for (const id of ["known", ""])
            assert.deepEqual(await naming(JSON.stringify({ section_payload_id: id })), fine);
        assert.match(
            (await naming('{"section_payload_id":"unknown"}')).warnings.join(),
            /names the upload "unknown", which this account does not have/,
        );
        for (const text of ["{}", "null", "[]", '"x"', '{"section_payload_id":7}'])
            assert.match((await naming(text)).warnings.join(), /names no section_payload_id/, text);
        assert.match((await naming("{")).refused.join(), /cannot be parsed/);
    });

    it("a folder has to be there, and what is too large is not read", async () => {
        assert.deepEqual((await check("sigsci:latest", {})).refused, ["Proxy 'p' has no folder p/ in the repository"]);
        assert.deepEqual((await check("kraken:2.0.0", { "kraken.json": "{" }, async () => 2 ** 21)).warnings, [
            "warning: p/kraken.json is too large to be checked",
        ]);
    });
});
