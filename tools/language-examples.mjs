// `npm run docs:languages`: writes the smallest example of each reference page in TypeScript, Python and Go, as the
// engine's own program generation makes it of the YAML and the plugin's schema.
import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { hashExamples, listExamples, seenTogether, written } from "../scripts/language-examples.mjs";
import { engineEnvironment, findEngine } from "./pulumi/find-engine.mjs";
import { findLanguages } from "./pulumi/find-languages.mjs";
import { repository } from "./setup.mjs";

const run = promisify(execFile);
const biome = path.join(repository, "node_modules", ".bin", "biome");

/** A program without the import of Pulumi's SDK where only the generator needed it. */
function withoutUnused(text) {
    const line = 'import * as pulumi from "@pulumi/pulumi";\n';
    const rest = text.replace(line, "");
    return /\bpulumi\./.test(rest) ? text : rest;
}

async function convert(source, { language, program }, { folder, environment }) {
    const cwd = path.join(folder, "in");
    const out = path.join(folder, language);
    await copyFile(source, path.join(cwd, "Pulumi.yaml"));
    await rm(out, { recursive: true, force: true });
    const how = ["--from", "yaml", "--language", language, "--out", out, "--generate-only", "--non-interactive"];
    const { stdout, stderr } = await run("pulumi", ["convert", ...how], { cwd, env: environment });
    const text = await readFile(path.join(out, program), "utf8");
    // without the plugin's schema the engine leaves the resources out, and says so in a warning only
    if (!/section/.test(text)) throw new Error(`${source} became an empty program:\n${stdout}${stderr}`);
    return text;
}

/**
 * Writes examples beside their sources, or, for a test that compares, into a folder of its own.
 *
 * @param examples the folders of the sources
 * @param placeOf the folder for the results of an example
 */
export async function writeExamples(say, examples = listExamples(), placeOf = (folder) => folder) {
    const engine = await findEngine(say);
    const languages = await findLanguages(say);
    const folder = await mkdtemp(path.join(tmpdir(), "language-examples-"));
    try {
        await mkdir(path.join(folder, "in"));
        const PATH = [engine, path.join(repository, "plugin"), languages, process.env.PATH].join(path.delimiter);
        const environment = { ...process.env, ...engineEnvironment(engine, folder, "of nothing"), PATH };
        for (const example of examples)
            for (const each of written) {
                const text = await convert(path.join(example, "smallest.yaml"), each, { folder, environment });
                const file = path.join(placeOf(example), `smallest.${each.ending}`);
                await writeFile(file, each.ending === "ts" ? withoutUnused(text) : text);
                if (each.ending === "ts") await run(biome, ["format", "--write", file], { cwd: repository });
            }
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}

if (process.argv[1] === import.meta.filename) {
    await writeExamples((line) => console.error(line));
    await writeFile(seenTogether, `${JSON.stringify(hashExamples(), undefined, 4)}\n`);
}
