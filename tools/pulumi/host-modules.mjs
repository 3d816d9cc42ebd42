// What the language host needs of npm packages, kept beside it: `pulumi new` asks it before a project has any.
import { cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

/** Package -> what the host loads of it. */
const kept = {
    "@pulumi/pulumi": ["proto"],
    "@grpc/grpc-js": ["build/src"],
    "@js-sdsl/ordered-map": ["dist/cjs"],
    "google-protobuf": ["google-protobuf.js", "google/protobuf"],
};

const { resolve } = createRequire(import.meta.url);
const isLoaded = (file) => !/\.(map|ts|py)$/.test(file);

/** Copies the modules into `bin/node_modules`, all or nothing, unless they are there in these versions. */
export async function keepHostModules(bin) {
    const sources = Object.keys(kept).map((name) => [name, path.dirname(resolve(`${name}/package.json`))]);
    const manifests = await Promise.all(
        sources.map(async ([, folder]) => JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"))),
    );
    const versions = JSON.stringify(manifests.map(({ name, version }) => `${name}@${version}`));
    const target = path.join(bin, "node_modules");
    const stamp = path.join(target, ".versions");
    if ((await readFile(stamp, "utf8").catch(() => undefined)) === versions) return;
    const made = `${target}.${process.pid}`;
    for (const [name, folder] of sources) {
        await mkdir(path.join(made, name), { recursive: true });
        for (const part of ["package.json", ...kept[name]])
            await cp(path.join(folder, part), path.join(made, name, part), { recursive: true, filter: isLoaded });
    }
    await writeFile(path.join(made, ".versions"), versions);
    await rm(target, { recursive: true, force: true });
    await rename(made, target).catch(async (error) => {
        await rm(made, { recursive: true, force: true });
        if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error; // another process was first
    });
}
