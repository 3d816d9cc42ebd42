import assert from "node:assert/strict";
import path from "node:path";

interface Group {
    long?: true | RegExp[];
}

interface Suites {
    hasCases(group: Group, suite?: "short" | "long"): boolean;
    chooseCases(group: Group, suite: "short" | "long" | undefined, options: string[]): string[];
}

describe("the two suites", () => {
    let suites: Suites;
    before(async () => {
        suites = await import(path.resolve("tools/test-suite.mjs"));
    });
    const group = { long: [/\bPostgreSQL\b/, /^examples (?!first)/] };
    const cases = ["routes over PGlite", "routes over PostgreSQL", "examples first runs", "examples second runs"];

    function run(suite: "short" | "long" | undefined, options: string[] = []): string[] {
        const chosen = suites.chooseCases(group, suite, options);
        const at = chosen.indexOf("--grep");
        return at === -1 ? cases : cases.filter((each) => new RegExp(chosen[at + 1] as string).test(each));
    }

    it("have every case of a group once between them", () => {
        assert.deepEqual(run("short"), ["routes over PGlite", "examples first runs"]);
        assert.deepEqual(run("long"), ["routes over PostgreSQL", "examples second runs"]);
        assert.deepEqual(run(undefined), cases);
    });

    it("have whole groups", () => {
        const has = (long: Group["long"]) => [suites.hasCases({ long }, "short"), suites.hasCases({ long }, "long")];
        assert.deepEqual(
            [has(undefined), has(true), has(group.long)],
            [
                [true, false],
                [false, true],
                [true, true],
            ],
        );
        assert.ok(suites.hasCases({ long: true }) && suites.hasCases({}));
    });

    it("keep what else is asked for", () => {
        for (const asked of [["--grep", "runs"], ["-g", "runs"], ["--grep=runs"]])
            assert.deepEqual(run("long", [...asked, "--bail"]), ["examples second runs"]);
        assert.deepEqual(suites.chooseCases(group, "long", ["--bail"])[0], "--bail");
        assert.deepEqual(suites.chooseCases({}, "short", ["--grep", "x"]), ["--grep", "x"]);
    });
});
