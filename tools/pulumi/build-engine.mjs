// Builds the Pulumi engine from its published Go modules: for machines that cannot download the official release.
import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { keepHostModules } from "./host-modules.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const sayEveryMs = 20_000;

const modules = ["late-modules.cjs", "refuse-import.cjs", "language-host.cjs", "dynamic-provider.cjs"];

const runs = (module) => `#!/bin/sh
exec node "${module}" "$@"
`;

function go(args, cwd, say, what) {
    return new Promise((resolve, reject) => {
        const child = spawn("go", args, {
            cwd,
            stdio: ["ignore", "ignore", "pipe"],
            env: { ...process.env, GOFLAGS: "-mod=mod", GOWORK: "off" },
        });
        const begun = Date.now();
        let words = "";
        child.stderr.on("data", (chunk) => {
            words = (words + chunk).slice(-4000);
        });
        const timer = setInterval(
            () => say(`${what}: ${Math.round((Date.now() - begun) / 1000)} s (about 6 minutes the first time)`),
            sayEveryMs,
        );
        child.once("error", (error) => {
            clearInterval(timer);
            reject(
                error.code === "ENOENT"
                    ? new Error(
                          "neither pulumi nor go is on PATH: install one of them, pulumi 3.216 or newer or go 1.25.11 or newer, then run this again",
                      )
                    : error,
            );
        });
        child.once("close", (code) => {
            clearInterval(timer);
            if (code === 0) resolve();
            else
                reject(new Error(`go ${args[0]} ended with ${code}: ${words.trim().split("\n").slice(-5).join("\n")}`));
        });
    });
}

/** Puts the language host for Node beside an engine that was built here. `home` is where the folder will be. */
export async function writeScripts(bin, home = bin) {
    await keepHostModules(bin);
    const texts = modules.map(async (name) => [name, await readFile(path.join(here, name), "utf8")]);
    const scripts = {
        ...Object.fromEntries(await Promise.all(texts)),
        "pulumi-language-nodejs": runs(path.join(home, "language-host.cjs")),
        "pulumi-resource-pulumi-nodejs": runs(path.join(home, "dynamic-provider.cjs")),
    };
    for (const [name, text] of Object.entries(scripts)) {
        const file = path.join(bin, name);
        if ((await readFile(file, "utf8").catch(() => undefined)) === text) continue;
        await writeFile(`${file}.new`, text, { mode: 0o755 });
        await rename(`${file}.new`, file);
    }
}

/** Puts engine, language host and dynamic provider into `root/bin`, all or nothing. */
export async function buildEngine({ version, root, say }) {
    say(`building the Pulumi engine ${version} from its Go modules, once for this machine`);
    const folder = await mkdtemp(`${root}.build-`);
    try {
        const bin = path.join(folder, "bin");
        await cp(path.join(here, "engine"), folder, { recursive: true });
        await mkdir(bin, { recursive: true });
        const flags = `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${version}`;
        const target = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
        await go(
            [
                "build",
                "-trimpath",
                "-tags",
                "osusergo,grpcnotrace",
                "-ldflags",
                flags,
                "-o",
                path.join(bin, "pulumi"),
                target,
            ],
            folder,
            say,
            "building the Pulumi engine",
        );
        await writeScripts(bin, path.join(root, "bin"));
        await rm(root, { recursive: true, force: true });
        await rename(folder, root);
        say("the Pulumi engine is ready");
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}
