import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { withFolder } from "../../support/platform";
import { previewText } from "../../support/preview";
import { pulumiSection } from "../../support/provider-command";

describe("pulumi-section review", function () {
    this.timeout(60_000);

    it("writes for terminals what a saved preview changes, without Markdown", () =>
        withFolder(async (cwd) => {
            const site = { application: "1/2", name: "Production" };
            const withGrace = (grace: string) => ({
                ...site,
                config: { "varnish/default.vcl": `vcl 4.0;\nset beresp.grace = ${grace};\n` },
            });
            const saved = previewText([
                {
                    ...{ op: "update", kind: "environment", name: "www", id: "1/2/Production" },
                    ...{ olds: withGrace("1h"), news: withGrace("6h") },
                },
            ]);
            await writeFile(path.join(cwd, "preview.json"), saved);
            const shown = await pulumiSection(["review", "preview.json", "--format", "text"], { cwd, environment: {} });
            assert.deepEqual([shown.code, shown.stderr], [2, "production: 1 to update\n"]);
            assert.match(shown.stdout, /^production: 1 to update\n/);
            assert.match(shown.stdout, /^varnish\/default\.vcl:$.*^-set beresp\.grace = 1h;$.*^\+set .* = 6h;$/ms);
            assert.doesNotMatch(shown.stdout, /^#|`|^\||<\w/m);
        }));
});
