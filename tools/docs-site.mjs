// `npm run docs:site`: the docs as a web site in site/dist/. VitePress has a package folder of its own, so that nobody
// installs it who does not make the site.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { giveUp, repository } from "./setup.mjs";

const site = path.join(repository, "site");
const stamp = path.join(site, "node_modules", ".installed-for");

function run(command, args) {
    const { status, error } = spawnSync(command, args, { cwd: site, stdio: ["ignore", 2, 2] });
    if (error !== undefined || status !== 0)
        giveUp(`\`${command} ${args.join(" ")}\` failed in site/: ${error?.message ?? "the reason stands above"}`);
}

const wanted = createHash("sha256")
    .update(readFileSync(path.join(site, "package-lock.json")))
    .digest("hex");
if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
    run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    writeFileSync(stamp, wanted);
}
const pages = path.join(site, "pages");
rmSync(pages, { recursive: true, force: true });
cpSync(path.join(repository, "docs"), pages, { recursive: true });
renameSync(path.join(pages, "README.md"), path.join(pages, "index.md"));
cpSync(path.join(repository, "platform/page/icon.svg"), path.join(pages, "public/icon.svg"));
run(process.execPath, [path.join(site, "node_modules", "vitepress", "bin", "vitepress.js"), "build", "."]);
console.log(`the docs are in ${path.join("site", "dist")}: copy that folder to any web server`);
