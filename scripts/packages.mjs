// Checks that published packages can be imported, with any module setting of a user's compiler, that the pages which
// their texts name are in them, and that all of them name one address.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
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
    plugin: [],
};

function run(name, args, cwd) {
    const { status, stdout, stderr } = spawnSync(path.join(repository, "node_modules", ".bin", name), args, {
        cwd,
        encoding: "utf8",
    });
    return status === 0 ? [] : [`${path.basename(cwd)}: ${name} ended with ${status}:\n${stdout}${stderr}`];
}

const readJson = (file) => JSON.parse(readFileSync(path.join(repository, file), "utf8"));

/** The address of the project stands in the package.json of the repository; packages repeat it. */
function checkAddress(folder) {
    const { homepage, bugs, repository: source } = readJson("package.json");
    const wanted = { homepage, bugs, repository: { ...source, directory: folder } };
    const found = readJson(`${folder}/package.json`);
    return Object.keys(wanted)
        .filter((key) => JSON.stringify(found[key]) !== JSON.stringify(wanted[key]))
        .map((key) => `${folder}/package.json: ${key} is not ${JSON.stringify(wanted[key])}`);
}

/** Pages that code, types or README of a package name, and that `npm pack` does not put into it. */
function checkPages(folder) {
    const cwd = path.join(repository, folder);
    const args = ["pack", "--dry-run", "--json", "--foreground-scripts=false"];
    const [{ files }] = JSON.parse(spawnSync("npm", args, { cwd, encoding: "utf8" }).stdout);
    const packed = files.map(({ path: file }) => file);
    return packed
        .filter((file) => /^(dist|bin)\/|^README/.test(file))
        .flatMap((file) => [...readFileSync(path.join(cwd, file), "utf8").matchAll(/\bdocs\/[\w/-]+\.md\b/g)])
        .filter(([page]) => !packed.includes(page))
        .map(([page]) => `${folder}: names ${page}, which is not in the package`);
}

const wrong = Object.entries(notImported).flatMap(([folder, entries]) => {
    const cwd = path.join(repository, folder);
    const exclude = entries.length === 0 ? [] : ["--exclude-entrypoints", ...entries];
    return [
        ...checkAddress(folder),
        ...checkPages(folder),
        ...run("publint", ["--strict"], cwd),
        ...run("attw", ["--pack", ".", "--format", "ascii", "--no-color", ...exclude], cwd),
    ];
});
report("packages", wrong);
