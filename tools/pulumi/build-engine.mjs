// Builds the Pulumi engine from its published Go modules: for machines that cannot download the official release.
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { keepHostModules } from "./host-modules.mjs";
import { runGo } from "./run-go.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));

const modules = [
    "late-modules.cjs",
    "refuse-import.cjs",
    "typescript-writer.cjs",
    "language-host.cjs",
    "dynamic-provider.cjs",
];

const missing =
    "neither pulumi nor go is on PATH: install one of them, pulumi 3.216 or newer or go 1.25.11 or newer, then run this again";

const runs = (module) => `#!/bin/sh
exec node "${module}" "$@"
`;

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
        const settings = ["-trimpath", "-tags", "osusergo,grpcnotrace", "-ldflags", flags];
        await runGo(["build", ...settings, "-o", path.join(bin, "pulumi"), target], {
            cwd: folder,
            say,
            what: "building the Pulumi engine",
            usual: "about 6 minutes the first time",
            missing,
        });
        await writeScripts(bin, path.join(root, "bin"));
        await rm(root, { recursive: true, force: true });
        await rename(folder, root);
        say("the Pulumi engine is ready");
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}
