// Everything a fresh checkout needs before anything else runs. Only parts of Node itself may be imported here.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const stamp = path.join(repository, "node_modules", ".installed-for");

/** Ends the command with one sentence. */
export function giveUp(sentence) {
    process.stderr.write(`${sentence}\n`);
    process.exit(1);
}

function run(command, args) {
    const { status, error } = spawnSync(command, args, { cwd: repository, stdio: ["ignore", 2, 2] });
    if (error?.code === "ENOENT")
        giveUp(`${command} is not installed on this machine; install it, then run this again`);
    if (status !== 0) giveUp(`\`${command} ${args.join(" ")}\` failed; the reason stands above`);
}

function checkNode() {
    const [major, minor] = process.versions.node.split(".").map(Number);
    if (major < 20 || (major === 20 && minor < 19))
        giveUp(`Node ${process.versions.node} is too old: install Node 20.19 or newer, then run this again`);
    if (spawnSync("git", ["--version"]).error)
        giveUp("git is not installed on this machine; install it, then run this again");
}

/** Installs by package-lock.json, once for each version of it. */
function install(say) {
    const wanted = createHash("sha256")
        .update(readFileSync(path.join(repository, "package-lock.json")))
        .digest("hex");
    if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
    say("installing packages");
    // not `npm ci`: it refuses a lock written where packages of other operating systems could not be seen
    run("npm", ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"]);
    writeFileSync(stamp, wanted);
}

/** Packages and build, as far as they are not there yet. */
export function setUp(say = () => {}) {
    checkNode();
    install(say);
    say("building");
    run(process.execPath, [path.join(repository, "node_modules", "typescript", "bin", "tsc"), "-b"]);
}
