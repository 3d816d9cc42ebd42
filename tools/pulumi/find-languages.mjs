// Makes sure of the language hosts that are not served as Go modules or need a newer answer than theirs: in our cache,
// else built from Pulumi's Go modules by those in ./languages (two minutes, once per machine).
//
// The folder has pulumi-language-yaml, which runs YAML programs; pulumi-language-python, -go, -dotnet and -java, which
// answer `pulumi package gen-sdk --language X`, `pulumi package add` (they install nothing, and say what is left to do)
// and `pulumi convert --language X`; pulumi-converter-yaml, which reads
// the YAML of `pulumi convert`; and pulumi-languages, which language-host.cjs asks for TypeScript. Only tests and tools
// that need them put the folder on PATH, behind the engine's own: official hosts come first. By hand:
//
//     export PATH="$PATH:$(node tools/pulumi/find-languages.mjs)"
import { createHash } from "node:crypto";
import { access, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink } from "node:fs/promises";
import path from "node:path";
import { cacheFolder } from "./find-engine.mjs";
import { withLock } from "./lock.mjs";
import { runGo } from "./run-go.mjs";

const source = path.join(import.meta.dirname, "languages");

/** Languages that the writer serves under these names. */
const written = ["python", "go", "dotnet", "java"];

/**
 * What is built of each module. They are two, because the host of YAML needs an older version of Pulumi's code than the
 * first one that writes correct imports when Go 1.26 has compiled it.
 */
const modules = {
    yaml: [".", "github.com/pulumi/pulumi-yaml/cmd/pulumi-converter-yaml"],
    writer: ["."],
};

/** A name for what would be built: another version, or other code of ours, gets a folder of its own. */
async function versionOfSource() {
    const hash = createHash("sha256");
    for (const name of (await readdir(source, { recursive: true })).sort()) {
        const file = path.join(source, name);
        if ((await stat(file)).isFile()) hash.update(name).update(await readFile(file));
    }
    return hash.digest("hex").slice(0, 16);
}

async function build(root, say) {
    const folder = await mkdtemp(`${root}.build-`);
    try {
        await cp(source, folder, { recursive: true });
        const bin = path.join(folder, "bin");
        await mkdir(bin);
        const settings = ["-trimpath", "-tags", "osusergo,grpcnotrace", "-ldflags", "-s -w"];
        for (const [name, targets] of Object.entries(modules))
            await runGo(["build", ...settings, "-o", `${bin}${path.sep}`, ...targets], {
                cwd: path.join(folder, name),
                say,
                what: `building the language hosts (${name})`,
                usual: "about a minute the first time",
                missing: "go is not on PATH: install go 1.25.11 or newer, then run this again",
            });
        for (const name of written) await symlink("pulumi-languages", path.join(bin, `pulumi-language-${name}`));
        await rm(root, { recursive: true, force: true });
        await rename(folder, root);
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}

const isThere = (folder) =>
    access(folder).then(
        () => true,
        () => false,
    );

const rootOfSource = async () => path.join(cacheFolder, `languages-${await versionOfSource()}`);

/** The folder with the language hosts if they are built; else undefined. */
export async function findBuiltLanguages() {
    const bin = path.join(await rootOfSource(), "bin");
    return (await isThere(bin)) ? bin : undefined;
}

/**
 * The folder with the language hosts.
 *
 * @param say told the progress, one line at a time
 */
export async function findLanguages(say = () => {}) {
    const root = await rootOfSource();
    const bin = path.join(root, "bin");
    if (await isThere(bin)) return bin;
    await mkdir(cacheFolder, { recursive: true });
    return withLock(`${root}.lock`, say, async () => {
        if (await isThere(bin)) return bin;
        say("building the language hosts from their Go modules, once for this machine");
        await build(root, say);
        say("the language hosts are ready");
        return bin;
    });
}

if (process.argv[1] === import.meta.filename) console.log(await findLanguages((line) => console.error(`· ${line}`)));
