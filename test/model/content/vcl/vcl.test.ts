import assert from "node:assert/strict";
import { inspectVcl } from "../../../../model/content/vcl/vcl";
import { filesOfChain } from "../../../../platform/catalogue/initial-content";

const errorOf = async (text: string) => {
    const { error } = await inspectVcl(text);
    return error === undefined ? undefined : `${error.line}:${error.column} ${error.reason}`;
};

describe("the form of VCL", () => {
    it("is right in everything that VCL can hold", async () => {
        const fine = [
            String(filesOfChain([{ name: "varnish", image: "varnish:6.3.1" }]).get("varnish/default.vcl")),
            'sub vcl_synth { synthetic({"<style>a { b }</style> " } }"}); return (deliver); }',
            'sub vcl_recv { if (req.url ~ "^/(a|b){2}$" && req.http.x ~ "\\(") { set req.http.y = """ } """; } }',
            "# } comment\n// { comment\n/* {{{ \n (((*/\nsub a { }",
            "C{\n#include <stdio.h>\nint f() { return '{'; }\n}C\nsub a { C{ f(); }C }",
            'acl local { "192.168.0.0"/16; ! "192.168.0.1"; }',
            'sub vcl_fetch { esi; set beresp.ttl = 1m; error 404 {"<b>"}; }',
            "sub aC{ }",
            "",
        ];
        for (const text of fine) assert.equal(await errorOf(text), undefined, text);
    });

    it("is wrong where something is open or closes nothing", async () => {
        assert.equal(await errorOf("sub a {\n  if (x) {\n}\n"), "1:7 { is never closed");
        assert.equal(await errorOf("sub a { } }"), "1:11 } closes nothing");
        assert.equal(await errorOf("sub a {\n  if (x {\n  }\n}"), "4:1 } does not close the ( of line 2, column 6");
        assert.equal(await errorOf('sub a { set x = "open; }\n'), '1:17 " is never closed');
        assert.equal(await errorOf("/* sub a { }"), "1:1 /* is never closed");
    });

    it("the version stands first, includes are found, comments do not count", async () => {
        assert.deepEqual(
            await inspectVcl('# x\nvcl 4.1;\ninclude "a.vcl";\n# include "b.vcl";\ninclude +glob "c/*.vcl";'),
            {
                error: undefined,
                version: "4.1",
                includes: [
                    { name: "a.vcl", isOutside: true },
                    { name: "c/*.vcl", isOutside: true },
                ],
            },
        );
        assert.deepEqual((await inspectVcl('sub a { include {"b.vcl"}; }')).includes, [
            { name: "b.vcl", isOutside: false },
        ]);
        assert.equal((await inspectVcl("sub a { }\nvcl 4.0;")).version, undefined);
    });

    it("takes no time for what is made to take long", async () => {
        const begun = process.cpuUsage();
        for (const text of [
            "/*".repeat(500_000),
            '{"'.repeat(500_000),
            "C{".repeat(500_000),
            '"'.repeat(999_999),
            "{".repeat(1_000_000),
        ])
            await inspectVcl(text);
        const { user } = process.cpuUsage(begun);
        assert.ok(user < 5_000_000, `${user} microseconds of the processor`);
    });
});
