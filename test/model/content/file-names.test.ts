import assert from "node:assert/strict";
import { warnOfNames } from "../../../model/content/file-names";

describe("names of files", () => {
    it("that are fine everywhere need no word", () => {
        assert.deepEqual(
            warnOfNames(["varnish/default.vcl", ".gitignore", "a b/ä.txt", "console/auxiliary.txt", "com10"]),
            [],
        );
    });

    it("that hurt somewhere are named with the reason", () => {
        const reasons: Record<string, RegExp> = {
            "a\nb": /"a\\nb" has a control character/,
            "x\\y": /backslash/,
            "a/what?.txt": /Windows does not allow/,
            "end.": /ends in a dot/,
            "end /x": /ends in a dot or blank/,
            "deep/NUL": /is a word of Windows/,
            "aux.c": /is a word of Windows/,
        };
        for (const [name, reason] of Object.entries(reasons)) assert.match(warnOfNames([name]).join(), reason, name);
    });

    it("that differ in case only hide each other, folders too", () => {
        assert.deepEqual(warnOfNames(["varnish/a", "Varnish/b", "varnish/A", "varnish/c"]), [
            "warning: varnish and Varnish differ in case only: on macOS and Windows one hides the other",
            "warning: varnish/a and varnish/A differ in case only: on macOS and Windows one hides the other",
        ]);
    });

    it("are not named by the hundred", () => {
        const all = warnOfNames(Array.from({ length: 300 }, (_, index) => `a?${index}`));
        assert.deepEqual([all.length, all.at(-1)], [6, "warning: and 295 more names of this kind"]);
    });

    it("are looked at once, however deep and many they are", () => {
        const folder = "a/".repeat(2_000);
        const paths = Array.from({ length: 5_000 }, (_, at) => `${folder}${at}`);
        const begun = process.cpuUsage();
        assert.deepEqual(warnOfNames(paths), []);
        const { user } = process.cpuUsage(begun);
        assert.ok(user < 5_000_000, `${user} microseconds of the processor`);
    });
});
