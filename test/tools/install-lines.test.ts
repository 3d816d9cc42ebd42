import assert from "node:assert/strict";
import path from "node:path";

describe("install lines", () => {
    it("name every archive for each package manager, from where the project lies, with quotes where a shell needs them", async () => {
        const { installLines } = (await import(path.resolve("tools/install-lines.mjs"))) as {
            installLines(archives: Record<string, string>): Record<"npm" | "pnpm" | "yarn", string[]>;
        };
        const archives = {
            "section-model": "./packages/section-model-0.1.0.tgz",
            "pulumi-section": "/Olga's files/pulumi-section-0.1.0.tgz",
            "pulumi-section-cli": "./packages/pulumi-section-cli-0.1.0.tgz",
        };
        const { npm, pnpm, yarn } = installLines(archives);
        assert.deepEqual(npm, [
            String.raw`npm install ./packages/section-model-0.1.0.tgz '/Olga'\''s files/pulumi-section-0.1.0.tgz' ./packages/pulumi-section-cli-0.1.0.tgz`,
        ]);
        const named = [
            String.raw`'dependencies.pulumi-section=file:/Olga'\''s files/pulumi-section-0.1.0.tgz'`,
            "devDependencies.pulumi-section-cli=file:./packages/pulumi-section-cli-0.1.0.tgz",
        ].join(" ");
        const model = "section-model=file:./packages/section-model-0.1.0.tgz";
        assert.ok(pnpm[0]?.startsWith(`npm pkg set ${named} pnpm.overrides.${model} `), pnpm[0]);
        assert.ok(yarn[0]?.startsWith(`npm pkg set ${named} resolutions.${model} `), yarn[0]);
    });
});
