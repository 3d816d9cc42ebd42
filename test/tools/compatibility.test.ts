import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { testedVersions } from "../support/tested-versions";

const readJson = (file: string) => JSON.parse(readFileSync(file, "utf8"));

describe("docs/compatibility.md", () => {
    const page = readFileSync("docs/compatibility.md", "utf8");

    it("has the limits that the packages declare", () => {
        const { engines, peerDependencies } = readJson("provider/package.json");
        const leastNode = engines.node.replace(">=", "");
        assert.ok(page.includes(`Node ${leastNode} or newer`), engines.node);
        const leastSdk = peerDependencies["@pulumi/pulumi"].replace("^", "");
        assert.ok(page.includes(`\`@pulumi/pulumi\` ${leastSdk.replace(/\.0$/, "")} or newer`), leastSdk);
        const tested = testedVersions();
        const [oldestNode, oldestSdk] = [leastNode.split(".")[0], leastSdk];
        assert.ok(
            tested.some(({ node, sdk }) => node === oldestNode && sdk === oldestSdk),
            "the oldest versions are tested together",
        );
        assert.deepEqual([...new Set(tested.map(({ node }) => node))], ["20", "22", "24"]);
    });

    it("names the engine, the SDK and the tools with which the tests run", async () => {
        const { engineVersion } = (await import(path.resolve("tools/pulumi/find-engine.mjs"))) as {
            engineVersion: string;
        };
        assert.ok(page.includes(`| ${engineVersion}, in all stories |`), engineVersion);
        const majorOf = (name: string) => readJson(`node_modules/${name}/package.json`).version.split(".")[0];
        assert.ok(page.includes(`npm, pnpm ${majorOf("pnpm")}, Yarn ${majorOf("yarn")}`));
        const sdk = readJson("node_modules/@pulumi/pulumi/package.json").version.replace(/\.\d+$/, "");
        assert.ok(page.includes(`\`@pulumi/pulumi\` ${sdk} is the last one that supports Node 20`), sdk);
    });
});
