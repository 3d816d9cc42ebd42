// `npm run pack`: archives of the packages, as `npm publish` would send them, and the lines that install them.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { cacheFolder, engineVersion } from "./pulumi/find-engine.mjs";
import { giveUp, repository, setUp } from "./setup.mjs";

const help = `npm run pack -- [--into FOLDER]

Builds the packages, packs them as \`npm publish\` would, and prints the lines that install them in a project.

  --into FOLDER  where the archives go. In the folder of a project, such as ~/sites/packages, they can be committed
                 with it: the lines then name them from there. Default: .section/packages in this checkout
  --help         this text`;

/** What a program and the command need, in the order of who needs whom. */
const ofPrograms = ["model", "display", "client", "provider", "cli"];
/** What only some install. */
const further = ["platform", "policy", "plugin"];

function readFlags() {
    try {
        return parseArgs({ options: { into: { type: "string" }, help: { type: "boolean" } } }).values;
    } catch (error) {
        return giveUp(`${error.message}. \`npm run pack -- --help\` lists the options.`);
    }
}

/**
 * Packs a package. Its archive has digits of its content in the name: package managers remember an archive by its name,
 * and Yarn would install an earlier one. Earlier ones go.
 */
function pack(folder, into) {
    const { status, stdout, stderr } = spawnSync("npm", ["pack", "--json", "--pack-destination", into], {
        cwd: path.join(repository, folder),
        encoding: "utf8",
    });
    if (status !== 0) giveUp(`npm pack of ${folder} failed: ${stderr}`);
    const [{ name, filename, shasum }] = JSON.parse(stdout);
    const plain = path.basename(filename, ".tgz");
    for (const file of readdirSync(into))
        if (file.startsWith(plain) && /^-[0-9a-f]{8}\.tgz$/.test(file.slice(plain.length)))
            rmSync(path.join(into, file));
    const archive = path.join(into, `${plain}-${shasum.slice(0, 8)}.tgz`);
    renameSync(path.join(into, filename), archive);
    return [name, archive];
}

/** The project that a folder lies in: the nearest folder above it with a package.json. Undefined for this checkout. */
function findProject(folder) {
    const above = path.dirname(folder);
    if (existsSync(path.join(above, "package.json"))) return above === repository ? undefined : above;
    return above === folder ? undefined : findProject(above);
}

/** How `pulumi` is found, where it is not on the PATH. */
function sayEngine() {
    const isThere = (folder) => existsSync(path.join(folder, "pulumi"));
    if ((process.env.PATH ?? "").split(path.delimiter).some(isThere)) return [];
    const kept = path.join(cacheFolder, engineVersion, "bin");
    return isThere(kept)
        ? ["pulumi is not on the PATH. The one that npm start keeps is there after:", `  export PATH="${kept}:$PATH"`]
        : ["pulumi is not on the PATH: install it, or run npm start, which makes sure of one."];
}

const flags = readFlags();
if (flags.help) {
    console.log(help);
    process.exit(0);
}
setUp((line) => process.stderr.write(`· ${line}\n`));
// npm runs this in the checkout, wherever somebody called it
const into = path.resolve(process.env.INIT_CWD ?? ".", flags.into ?? path.join(repository, ".section/packages"));
mkdirSync(into, { recursive: true });
const project = findProject(into);
const named = (folders) =>
    Object.fromEntries(
        folders.map((folder) => {
            const [name, file] = pack(folder, into);
            return [name, project === undefined ? file : `./${path.relative(project, file)}`];
        }),
    );
const archives = named(ofPrograms);
const others = named(further);
console.log(`${Object.keys({ ...archives, ...others }).length} packages in ${into}\n`);
console.log(`In ${project ?? "the folder of your project"}, for a program and the command pulumi-section:\n`);
const { installLines } = await import("./install-lines.mjs"); // needs the build
for (const [manager, lines] of Object.entries(installLines(archives)))
    console.log(`with ${manager}:\n${lines.map((line) => `  ${line}`).join("\n")}\n`);
console.log(`Further: ${Object.values(others).join(", ")}`);
for (const line of sayEngine()) console.log(line);
