// Checks that published packages can be imported, with any module setting of a user's compiler.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { report, repository } from "./sources.mjs";

/** Entries that are no modules, or that only our own packages and the engine's process load, which know `exports`. */
const notImported = {
    model: ["content"],
    display: [],
    client: [],
    provider: ["dynamic", "internal"],
    cli: [],
    platform: ["git-launcher", "lock-heartbeat", "api-page.js", "icon.svg", "link-page.js", "style.css"],
    policy: [],
};

function run(name, args, cwd) {
    const { status, stdout, stderr } = spawnSync(path.join(repository, "node_modules", ".bin", name), args, {
        cwd,
        encoding: "utf8",
    });
    return status === 0 ? [] : [`${path.basename(cwd)}: ${name} ended with ${status}:\n${stdout}${stderr}`];
}

const wrong = Object.entries(notImported).flatMap(([folder, entries]) => {
    const cwd = path.join(repository, folder);
    const exclude = entries.length === 0 ? [] : ["--exclude-entrypoints", ...entries];
    return [
        ...run("publint", ["--strict"], cwd),
        ...run("attw", ["--pack", ".", "--format", "ascii", "--no-color", ...exclude], cwd),
    ];
});
report("packages", wrong);
