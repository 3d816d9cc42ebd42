import assert from "node:assert/strict";
import { sayContentProblem } from "../../../../provider/nouns/environment/content-problem";

const at = (line: number, column: number) => ({
    path: "varnish/default.vcl",
    line,
    column,
    message: `varnish/default.vcl:${line}:${column}: ; is missing after set`,
});

describe("a problem of a declared file", () => {
    it("comes with the line itself and a mark below the place", () => {
        const text = 'vcl 4.0;\r\n\tset req.http.a = "1"\r\n';
        assert.equal(
            sayContentProblem(at(2, 22), text, false),
            [
                "varnish/default.vcl:2:22: ; is missing after set",
                '    2 |  set req.http.a = "1"',
                "      |                      ^",
            ].join("\n"),
        );
        const long = sayContentProblem(at(1, 300), `${"a".repeat(299)};${"b".repeat(300)}`, false).split("\n");
        assert.equal(long[1]?.length, "    1 | ".length + 120);
        assert.equal(long[1]?.[long[2]?.indexOf("^") ?? -1], ";", "the mark is below the place");
    });

    it("shows no word of a secret file, and no line that looks like a secret", () => {
        const text = 'vcl 4.0;\nset req.http.x-api-key = "hunter2hunter2"\n';
        const secret = sayContentProblem({ ...at(2, 42), message: "x:2:42: hunter2 is no statement" }, text, true);
        assert.match(secret, /^varnish\/default\.vcl:2: the platform would refuse it; its content is a secret/);
        assert.doesNotMatch(secret, /hunter2|set/);
        const line = sayContentProblem(at(2, 1), "a\npassword = 'hunter2hunter2'\n", false);
        assert.equal(line, "varnish/default.vcl:2:1: ; is missing after set");
    });

    it("is said without a line where there is none", () => {
        const stray = { path: "varnsh/a", message: "varnsh/a belongs to no proxy; did you mean varnish/a?" };
        assert.equal(sayContentProblem(stray, "x", false), stray.message);
        assert.equal(sayContentProblem(at(9, 1), "x", false), at(9, 1).message);
        assert.equal(sayContentProblem(at(1, 1), undefined, false), at(1, 1).message);
        assert.match(sayContentProblem(stray, "x", true), /^varnsh\/a: the platform would refuse it/);
    });
});
