import assert from "node:assert/strict";
import path from "node:path";

const mark = "<!-- file: examples/quickstart/Pulumi.yaml -->";

describe("files that a page shows", () => {
    it("fill an empty block, and leave what follows it as it is", async () => {
        const { withFiles } = (await import(path.resolve("scripts/shown-files.mjs"))) as {
            withFiles(text: string): string;
        };
        const after = "\n\n## What follows\n\n```\nanother block\n```\n";
        const filled = withFiles(`${mark}\n\n\`\`\`yaml\n\`\`\`${after}`);
        assert.match(filled, /```yaml\nname: quickstart\n/);
        assert.ok(filled.endsWith(after), filled);
        assert.equal(withFiles(filled), filled);
        const old = filled.replace("name: quickstart", "name: another");
        assert.equal(withFiles(old), filled);
    });
});
