// Checks which folders may import which, that each library stays in its room, and that no imports form a circle.
// docs/architecture.md says why.
import { existsSync } from "node:fs";
import path from "node:path";
import { listSources, report, repository } from "./sources.mjs";

/** Package -> packages of this repository that it may import. Provider and platform meet on the wire only. */
const packages = {
    model: { name: "section-model", imports: [] },
    display: { name: "section-display", imports: [] },
    client: { name: "section-client", imports: ["model"] },
    provider: { name: "pulumi-section", imports: ["model", "client"] },
    cli: { name: "pulumi-section-cli", imports: ["model", "display", "client", "provider"] },
    platform: { name: "section-platform", imports: ["model", "display"] },
    policy: { name: "pulumi-section-policy", imports: ["model"] },
    plugin: { name: "pulumi-resource-section", imports: ["model", "provider"] },
};

/** Library -> the room in which it lives. */
const rooms = {
    zod: /^(model|client|platform\/(http|archive|dns)|provider\/(agency\/|(nouns\/noun|protocol\/(lifecycle|unknown-property))\.ts)|platform\/(options|option-rules|auth\/password-schema|service\/path-prefix)\.ts|cli\/plan\/)/,
    tldts: /^model\//,
    "fastest-levenshtein": /^model\/nearest-name\.ts$/,
    axios: /^client\/[\w-]+\.ts$/,
    "axios-retry": /^client\/[\w-]+\.ts$/,
    "simple-git": /^client\/repository\//,
    picomatch: /^provider\/config\//,
    fastify: /^platform\/http\//,
    "@fastify/cookie": /^platform\/http\//,
    yaml: /^(platform\/http|provider\/agency)\//,
    "csv-parse": /^provider\/agency\//,
    "csv-stringify": /^cli\/report\//,
    "prom-client": /^platform\/http\//,
    "@fastify/multipart": /^platform\/http\//,
    graphql: /^platform\/http\//,
    "jsonc-parser": /^model\/content\//,
    kysely: /^platform\/store\//,
    pg: /^platform\/store\//,
    "@electric-sql/pglite": /^platform\/store\//,
    "@node-rs/argon2": /^platform\/auth\//,
    otpauth: /^platform\/auth\//,
    qrcode: /^platform\/auth\//,
    nodemailer: /^platform\/mail\//,
    "tar-stream": /^platform\/(archive|catalogue|payload)\//,
    diff: /^(provider\/run\/file-diff|cli\/drift\/(filled-lines|program-files))\.ts$/,
    commander: /^(platform\/(main\.ts$|command\/)|cli\/)/,
    "node:https": /^(client\/|platform\/acme\/|cli\/waves\/health-request\.ts$)/,
    "node:dns/promises": /^(platform|client)\/dns\//,
    "node:child_process":
        /^(platform\/(git\/process\/launcher|varnish\/run-varnishd)|cli\/engine\/engine|cli\/waves\/health-command)\.ts$/,
    microdiff: /^plugin\/detailed-diff\.ts$/,
    "@grpc/grpc-js": /^plugin\//,
    "google-protobuf": /^plugin\//,
    "@pulumi/policy": /^policy\//,
    "@pulumi/pulumi":
        /^plugin\/|^provider\/((resources|agency|config|program)\/|[\w-]+\.ts$|protocol\/(lifecycle|diff|read)\.ts$)/,
};

/** Folder -> folders of the same package that it may import. The packages' roots may import all of theirs. */
const allowed = {
    "client/repository": ["client"],
    "client/dns": [],
    "provider/resources": ["provider/program", "provider/config", "provider/run"],
    "provider/agency": ["provider/resources", "provider/config", "provider/program", "provider/run"],
    "provider/config": ["provider/run"],
    "provider/program": ["provider/run"],
    "provider/run": [],
    "provider/lookup": ["provider/run", "provider/nouns"],
    "provider/protocol": ["provider/nouns", "provider/history", "provider/protection", "provider/run"],
    "provider/nouns": ["provider/history", "provider/protection", "provider/run"],
    "provider/history": ["provider/run", "provider/protection"],
    "provider/protection": ["provider/run"],
    "platform/http": [
        "platform/page",
        "platform/service",
        "platform/archive",
        "platform/auth",
        "platform/git",
        "platform/catalogue",
        "platform/dns",
        "platform/store",
    ],
    "platform/page": ["platform/service", "platform/git", "platform/store"],
    "platform/service": [
        "platform/store",
        "platform/git",
        "platform/auth",
        "platform/mail",
        "platform/payload",
        "platform/catalogue",
        "platform/archive",
        "platform/acme",
        "platform/dns",
    ],
    "platform/store": ["platform/dns"],
    "platform/mail": [],
    "platform/auth": ["platform/store"],
    "platform/git": [],
    "platform/payload": [],
    "platform/archive": [],
    "platform/catalogue": ["platform/dns"],
    "platform/varnish": ["platform/catalogue"],
    "platform/acme": [],
    "platform/dns": [],
    "policy/rules": ["policy"],
    "cli/terminal": [],
    "cli/report": [],
    "cli/typescript": [],
    "cli/engine": ["cli/terminal"],
    ...commandsOfCli({
        access: [],
        adopt: ["export"],
        apply: ["plan"],
        completion: [],
        convert: [],
        drift: [],
        estate: ["drift"],
        export: [],
        golive: [],
        history: [],
        next: [],
        plan: [],
        rehearse: ["export"],
        review: [],
        up: ["drift"],
        waves: ["review"],
        whoami: [],
    }),
};

/** A command stands over the shared rooms, and over a command whose work it builds on. */
function commandsOfCli(uses) {
    const shared = ["cli/engine", "cli/terminal", "cli/report", "cli/typescript"];
    const roomOfCommand = (name) => `cli/${name}`;
    return Object.fromEntries(
        Object.entries(uses).map(([name, others]) => [roomOfCommand(name), [...shared, ...others.map(roomOfCommand)]]),
    );
}

const anywhere = new Set([
    "platform/damage.ts",
    "platform/failpoint.ts",
    "platform/fair-gate.ts",
    "platform/fair-use.ts",
    "platform/gate.ts",
    "platform/machine-failure.ts",
    "platform/open-files.ts",
    "platform/slices.ts",
    "platform/trusted-proxy.ts",
    "platform/version.ts",
    "cli/version.ts",
]);

/** The room of a file: the folder below its package, or the package itself. */
function roomOf(file) {
    const [pack, folder] = file.split("/");
    return file.split("/").length > 2 ? `${pack}/${folder}` : pack;
}

const packageOf = (file) => file.split("/")[0];
const folderByName = Object.fromEntries(Object.entries(packages).map(([folder, { name }]) => [name, folder]));

function judgeLibrary(file, name, statement) {
    const library = name.startsWith("@") ? name.split("/").slice(0, 2).join("/") : name.split("/")[0];
    const own = folderByName[library];
    if (own === packageOf(file) && !name.endsWith("/package.json"))
        return [`${file}: a package does not import itself by name`];
    if (own !== undefined && own !== packageOf(file) && !packages[packageOf(file)].imports.includes(own))
        return [`${file}: ${packageOf(file)} must not import ${library}`];
    const room = rooms[name] ?? rooms[library];
    return room === undefined || room.test(file) ? [] : [`${file}: ${library} has another room (${statement})`];
}

/** A relative import as a file. */
function fileOf(place) {
    return existsSync(path.join(repository, `${place}.ts`)) ? `${place}.ts` : `${place}/index.ts`;
}

function judgeFile(file, target) {
    const [from, to] = [roomOf(file), roomOf(target)];
    if (from.startsWith("cli/") && !(from in allowed)) return [`${from} is not in the list of who may import whom`];
    if (packageOf(target) !== packageOf(file)) return [`${file} reaches into another package: ${target}`];
    if (from === to || !(from in allowed) || allowed[from].includes(to) || anywhere.has(target)) return [];
    return [`${file}: ${from} must not import ${to}`];
}

/** Each circle once, as the names along it. */
function findCircles(edges) {
    const circles = new Map();
    const done = new Set();
    const visit = (node, trail) => {
        const at = trail.indexOf(node);
        if (at !== -1) {
            const circle = trail.slice(at);
            const first = circle.indexOf([...circle].sort()[0]);
            const turned = [...circle.slice(first), ...circle.slice(0, first)];
            circles.set(turned.join(), [...turned, turned[0]].join(" -> "));
            return;
        }
        if (done.has(node)) return;
        for (const next of edges.get(node) ?? []) visit(next, [...trail, node]);
        done.add(node);
    };
    for (const node of edges.keys()) visit(node, []);
    return [...circles.values()];
}

function addEdge(edges, from, to) {
    if (from === to) return;
    edges.set(from, (edges.get(from) ?? new Set()).add(to));
}

const wrong = [];
const files = new Map();
const folders = new Map();
for (const { file, text } of listSources()) {
    for (const [statement, name] of text.matchAll(/^(?:import|export)\b[^;"]*\bfrom "([^"]+)";$/gm)) {
        if (!name.startsWith(".")) {
            wrong.push(...judgeLibrary(file, name, statement));
            continue;
        }
        const target = fileOf(path.join(path.dirname(file), name));
        wrong.push(...judgeFile(file, target));
        addEdge(files, file, target);
        // a package's root imports its rooms, and a room the rooms inside it: no circle
        const [from, to] = [path.dirname(file), path.dirname(target)];
        if (!`${from}/`.startsWith(`${to}/`) && !`${to}/`.startsWith(`${from}/`)) addEdge(folders, from, to);
    }
}
wrong.push(...findCircles(files).map((circle) => `files in a circle: ${circle}`));
wrong.push(...findCircles(folders).map((circle) => `folders in a circle: ${circle}`));
report("layers", wrong);
