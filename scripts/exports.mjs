// Checks that no name has two meanings: among a package and those that it imports, only one file declares and exports
// it.
import { listSources, report } from "./sources.mjs";

/** Package -> packages whose exports its reader meets. */
const chains = {
    model: ["model"],
    display: ["display"],
    client: ["client", "model"],
    provider: ["provider", "client", "model"],
    cli: ["cli", "provider", "client", "display", "model"],
    platform: ["platform", "display", "model"],
    policy: ["policy", "model"],
    plugin: ["plugin", "provider", "client", "model"],
};

/** Names that several files export by design: their loader calls the same name in each. */
const excused = { up: /^platform\/store\/migrations\//, addCommand: /^cli\/\w+\/command\.ts$/ };

const declaration =
    /^export (?:declare |async |abstract )*(?:function\*?|class|interface|type|const|let|enum) ([\w$]+)/gm;
const unpacked = /^export const \{([^}]+)\}/gm;

/** Names that a file declares and exports, each once. Names that it only passes on are declared elsewhere. */
function exportsOf(text) {
    const plain = [...text.matchAll(declaration)].map(([, name]) => name);
    const parts = [...text.matchAll(unpacked)].flatMap(([, names]) =>
        names.split(",").map((each) => each.split(":").pop().trim()),
    );
    return new Set([...plain, ...parts]);
}

const places = new Map();
for (const { file, text } of listSources())
    for (const name of exportsOf(text))
        if (!excused[name]?.test(file)) places.set(name, [...(places.get(name) ?? []), file]);

const packageOf = (file) => file.split("/")[0];
const twice = new Map();
for (const [name, files] of places) {
    const meeting = files.filter((file) =>
        files.some((other) => other !== file && chains[packageOf(file)].includes(packageOf(other))),
    );
    const met = files.filter((file) => meeting.some((other) => chains[packageOf(other)].includes(packageOf(file))));
    if (meeting.length > 0) twice.set(name, met);
}
report(
    "exports",
    [...twice]
        .map(([name, files]) => `${name} is declared by ${files.sort().join(", ")}: give each meaning a name`)
        .sort(),
);
