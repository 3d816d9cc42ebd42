// `npm run lint`: formatting and smells, types, and the house rules as programs.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { repository, setUp } from "./setup.mjs";

setUp();
const bin = (name) => path.join(repository, "node_modules", ".bin", name);
const node = process.execPath;
const checks = [
    ["biome", [bin("biome"), "check", "--error-on-warnings", "."]],
    ["types of tests, examples and bench", [bin("tsc"), "-p", "tsconfig.test.json"]],
    ...[
        "layers",
        "mirror",
        "errors",
        "exports",
        "paths",
        "links",
        "language-examples",
        "sizes",
        "names",
        "packages",
        "public-types",
        "loop-assertions",
    ].map((name) => [name, [node, `scripts/${name}.mjs`]]),
    ["knip", [bin("knip")]],
    ["duplication", [bin("jscpd"), "--silent", "."]],
];
const failed = checks.filter(([name, [command, ...args]]) => {
    const { status } = spawnSync(command, args, { cwd: repository, stdio: "inherit" });
    if (status !== 0) console.error(`✘ ${name}`);
    return status !== 0;
});
console.log(
    failed.length === 0
        ? `${checks.length} checks passed`
        : `${failed.length} of ${checks.length} checks failed: ${failed.map(([name]) => name).join(", ")}`,
);
process.exit(failed.length === 0 ? 0 : 1);
