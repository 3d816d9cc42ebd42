// Checks which libraries the types of the package that programs load name. A program's compiler reads their types, too:
// with other settings than ours, or in another version, it may refuse them.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { report, repository } from "./sources.mjs";

/** Package -> libraries that its users have anyway. */
const wanted = { provider: ["@pulumi/pulumi"] };

const named = /\b(?:from|import\()\s*"([^"]+)"|^import "([^"]+)"/gm;

/** The entry of one of our packages as a file of types. Undefined for other packages. */
function entryOf(name, file) {
    const [pack, ...rest] = name.split("/");
    if (!/^(pulumi-)?section\b/.test(pack)) return undefined;
    const manifest = createRequire(file).resolve(`${pack}/package.json`);
    const { exports } = JSON.parse(readFileSync(manifest, "utf8"));
    return path.join(path.dirname(manifest), exports[[".", ...rest].join("/")].types);
}

function fileOf(name, file) {
    if (!name.startsWith(".")) return entryOf(name, file);
    const place = path.join(path.dirname(file), name);
    return [`${place}.d.ts`, `${place}/index.d.ts`].find(existsSync);
}

/** Each library with the file that names it. */
function findLibraries(entry) {
    const libraries = new Map();
    const seen = new Set();
    const read = (file) => {
        if (seen.has(file)) return;
        seen.add(file);
        for (const [, from, plain] of readFileSync(file, "utf8").matchAll(named)) {
            const name = from ?? plain;
            const target = fileOf(name, file);
            if (target === undefined) libraries.set(name, path.relative(repository, file));
            else read(target);
        }
    };
    read(entry);
    return libraries;
}

const libraryOf = (name) =>
    name
        .split("/")
        .slice(0, name.startsWith("@") ? 2 : 1)
        .join("/");

const wrong = Object.entries(wanted).flatMap(([folder, libraries]) =>
    [...findLibraries(path.join(repository, folder, "dist/index.d.ts"))]
        .filter(([name]) => !name.startsWith("node:") && !libraries.includes(libraryOf(name)))
        .map(([name, file]) => `${folder}: ${file} brings the types of ${name} to every program`),
);
report("public types", wrong);
