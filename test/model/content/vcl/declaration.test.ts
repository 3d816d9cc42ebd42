import assert from "node:assert/strict";
import fc from "fast-check";
import { readDeclarations } from "../../../../model/content/vcl/declaration";
import { readExpression } from "../../../../model/content/vcl/expression";
import { readBlock } from "../../../../model/content/vcl/statement";
import { TokenReader } from "../../../../model/content/vcl/token-reader";
import { findVclProblems, inspectVcl } from "../../../../model/content/vcl/vcl";
import { randomVcl, writePieces } from "../../../support/vcl";

const problemsOf = (text: string) =>
    findVclProblems(text).map(
        ({ line, column, reason, isSure }) => `${isSure ? "" : "perhaps "}${line}:${column} ${reason}`,
    );
const inRecv = (body: string) => problemsOf(`vcl 4.0;\nsub vcl_recv {\n${body}\n}\n`);

describe("reading VCL statement by statement", () => {
    it("takes what programs of VCL 4 have", async () => {
        const fine = `vcl 4.1;
import std;
import directors as d from "/usr/lib/varnish/vmods/libvmod_directors.so";
include "section-features.vcl";
include +glob "conf.d/*.vcl";
C{
#include <stdio.h>
}C
probe health { .url = "/health"; .interval = 5s; .window = 5; .threshold = 3; }
backend default {
    .host = "next-hop";
    .port = "80";
    .first_byte_timeout = 125s;
    .probe = { .request = "GET / HTTP/1.1" "Host: a.example" "Connection: close"; }
}
backend other { .host = "b.example"; .probe = health; .max_connections = 300; }
backend nobody none;
const STRING greeting = "hello";
acl purgers +log -table { "localhost"; "192.168.0.0"/16; ! "192.168.0.1"; ("10.0.0.1"); }
sub helper { return; }
sub vcl_init {
    new pool = d.round_robin();
    pool.add_backend(default);
    new keys = other.x(arg = 1, other = "b");
}
sub vcl_recv {
    set req.backend_hint = pool.backend();
    set req.http."x y" = "quoted name";
    unset req.http.Cookie;
    if (client.ip ~ purgers && !(req.method == "PURGE")) { return (purge); }
    else if (req.url ~ "^/(a|b)") { return(pass); }
    elseif (req.restarts > 0) { call helper; }
    elsif (std.integer(req.http.n, 0) >= 10) { set req.ttl += 10s; }
    elif (!req.http.x) { { std.log("x: " + req.http.x "y" req.url); } }
    else { return (synth(301, "https://" + req.http.host + req.url)); }
    C{ int i = 0; }C
    ban("obj.http.x ~ " + req.http.x);
    return (hash);
}
sub vcl_hash { hash_data(req.http.X-Forwarded-Proto); }
sub vcl_backend_response {
    set beresp.ttl = 1h;
    set beresp.grace = -1s;
    set beresp.http.blob = blob.encode(HEX, blob=:YWJj/w==:);
    set beresp.storage_hint = "s0";
    if (beresp.status == 503 || beresp.ttl <= 0s) { return (abandon); }
}
sub vcl_synth {
    synthetic({"<style>a { b }</style>"});
    synthetic("""long " one""");
    set resp.body = {"a"} + regsuball(req.url, "\\?.*$", "");
    return (deliver);
}
;
sub vcl_fini { return (ok); }
`;
        assert.equal((await inspectVcl(fine)).error, undefined);
        assert.deepEqual(problemsOf(fine), []);
    });

    it("names a missing semicolon at the end of its statement, and goes on", () => {
        assert.deepEqual(inRecv('    set req.http.a = "1"\n    set req.http.b = "2";\n    unset req.url'), [
            "3:25 ; is missing after set",
            "5:18 ; is missing after unset",
        ]);
        assert.deepEqual(inRecv('set req.http.a = "1"\nif (req.url) { }'), ["3:21 ; is missing after set"]);
        assert.deepEqual(inRecv('set req.http.a = "1"\nstd.log("x");'), ["3:21 ; is missing after set"]);
        assert.deepEqual(inRecv('set req.http.a = "1" std.log("x");'), ["3:22 ; is expected after set, not std.log"]);
        assert.deepEqual(inRecv("return (pass)"), ["3:14 ; is missing after return"]);
        assert.deepEqual(inRecv("call helper\nreturn (pass);"), ["3:12 ; is missing after call"]);
        assert.deepEqual(inRecv('std.log("x")'), ["3:13 ; is missing after std.log"]);
        assert.deepEqual(problemsOf('vcl 4.0;\nimport std\nbackend a {\n .host = "a"\n .port = "80";\n}'), [
            "2:11 ; is missing after import",
            "4:13 ; is missing after .host",
        ]);
        assert.deepEqual(problemsOf('vcl 4.0;\nacl a { "10.0.0.1"\n"10.0.0.2"; }'), [
            "2:19 ; is missing after the address",
        ]);
    });

    it("knows names, and the one that was meant", () => {
        assert.deepEqual(inRecv("set req.http.a = std.tolowr(req.url);"), [
            "3:18 std.tolowr does not exist; did you mean std.tolower?",
        ]);
        assert.deepEqual(inRecv('std.logg("x");'), ["3:1 std.logg does not exist; did you mean std.log?"]);
        assert.deepEqual(inRecv("std.quantum(1);"), [
            "perhaps 3:1 std.quantum is no function of std in the versions that are known here",
        ]);
        assert.deepEqual(problemsOf("vcl 4.0;\nsub vcl_recieve { }\nsub vcl_fetch { }\nsub vcl_anything { }"), [
            "2:5 vcl_recieve is called by nobody; did you mean vcl_recv?",
            "3:5 vcl_fetch is a subroutine of VCL 3; did you mean vcl_backend_response?",
            "4:5 vcl_anything is called by nobody",
        ]);
        assert.deepEqual(inRecv("return (lokup);"), ["3:9 lokup is no action; did you mean lookup?"]);
        assert.deepEqual(inRecv("hash_dta(req.url);"), ["3:1 hash_dta does not exist; did you mean hash_data?"]);
        assert.deepEqual(inRecv("enterprise(req.url);"), [
            "perhaps 3:1 enterprise is no function in the versions that are known here",
        ]);
    });

    it("refuses what begins no statement or declaration", () => {
        assert.deepEqual(inRecv("sett req.http.a = 1;"), ["3:1 sett is no statement; did you mean set?"]);
        assert.deepEqual(inRecv('req.http.a = "1";'), ["3:1 set is missing before req.http.a"]);
        assert.deepEqual(inRecv("remove req.http.a;"), ["3:1 remove is a word of VCL 3; VCL 4 has unset"]);
        assert.deepEqual(inRecv('set req.http.a "1";'), [
            "3:16 = is expected after the name of the variable, not a text",
        ]);
        assert.deepEqual(inRecv("set req.http.a = ;"), ["3:18 a value is expected, not ;"]);
        assert.deepEqual(inRecv("if (req.url ~ ) { }"), ["3:15 a value is expected, not )"]);
        assert.deepEqual(inRecv("if (req.url) return (pass);"), ["3:14 { is expected after the condition, not return"]);
        assert.deepEqual(inRecv("set req.http.a = 'x';"), ["3:18 ' has no meaning in VCL"]);
        assert.deepEqual(problemsOf("vcl 4.0;\nbakend a { }"), ["2:1 bakend is no declaration; did you mean backend?"]);
        assert.deepEqual(problemsOf("vcl 4.0;\nset a = 1;"), ["2:1 set is a statement, which belongs in a subroutine"]);
        assert.match(problemsOf("vcl 4.0;\ndirector a round-robin { }").join(), /2:1 director is a word of VCL 3/);
        assert.deepEqual(problemsOf("vcl 4.0;\nsub { }"), ["2:5 a name is expected after sub, not {"]);
        assert.deepEqual(problemsOf("vcl 4.0;\n@ { }"), ["2:1 @ has no meaning in VCL"]);
    });

    it("does not fall over files that nest deep, and says nothing of them", () => {
        assert.deepEqual(inRecv(`set a = ${"(".repeat(5000)}b${")".repeat(5000)};`), []);
        for (const open of ["if (a) {", "{"]) assert.deepEqual(inRecv(open.repeat(5000) + "}".repeat(5000)), []);
        assert.deepEqual(problemsOf("!".repeat(1_000_000)), [], "too large to be read");
    });

    it("the parts read their part", () => {
        for (const [text, read] of [
            ["sub a { }", readDeclarations],
            ['a + "b" std.tolower(c)', readExpression],
            ["{ set a = b; }", (reader: TokenReader) => readBlock(reader, "here")],
        ] as const) {
            const reader = new TokenReader(text);
            read(reader);
            assert.deepEqual([reader.problems, reader.token.kind], [[], "end"], text);
        }
    });

    it("takes every random program, and refuses it without any one piece that it needs", async () => {
        await fc.assert(
            fc.asyncProperty(randomVcl, fc.nat(), async (pieces, choice) => {
                const whole = writePieces(pieces);
                assert.equal((await inspectVcl(whole)).error, undefined, whole);
                assert.deepEqual(problemsOf(whole), [], whole);
                const needed = pieces.filter(({ isNeeded }) => isNeeded);
                const gone = needed[choice % needed.length];
                const part = writePieces(pieces.filter((piece) => piece !== gone));
                const { error, version } = await inspectVcl(part);
                const isFound = error !== undefined || version === undefined || problemsOf(part).length > 0;
                assert.ok(isFound, `without one ${gone?.text}:\n${part}`);
            }),
            { numRuns: 3000 },
        );
    });

    it("names so many faults that a person reads them", () => {
        assert.equal(problemsOf(`vcl 4.0;\nsub vcl_recv {${"\nstd.x();".repeat(20_000)}\n}`).length, 50);
    });
});
