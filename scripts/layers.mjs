// Who may import whom, and which library lives in which room. docs/architecture.md says why.
import path from "node:path";
import { listSources, report } from "./sources.mjs";

const rooms = {
    zod: /^(model\/|provider\/client\/|provider\/lifecycle\/(noun|lifecycle)\.ts|platform\/http\/|platform\/archive\/|platform\/options\.ts)/,
    tldts: /^model\//,
    axios: /^provider\/client\//,
    "axios-retry": /^provider\/client\//,
    "simple-git": /^provider\/repository\//,
    picomatch: /^provider\/config-files\.ts$/,
    fastify: /^platform\/http\//,
    "@fastify/cookie": /^platform\/http\//,
    yaml: /^(platform\/http|provider\/components)\//,
    "csv-parse": /^provider\/components\//,
    "csv-stringify": /^provider\/report\//,
    "prom-client": /^platform\/http\//,
    "@fastify/multipart": /^platform\/http\//,
    graphql: /^platform\/http\//,
    "jsonc-parser": /^platform\/git\//,
    kysely: /^platform\/store\//,
    pg: /^platform\/store\//,
    "@electric-sql/pglite": /^platform\/store\//,
    "@node-rs/argon2": /^platform\/auth\//,
    otpauth: /^platform\/auth\//,
    qrcode: /^platform\/auth\//,
    nodemailer: /^platform\/mail\//,
    "tar-stream": /^platform\/(archive|catalogue|payload)\//,
    diff: /^provider\/(report\/file-diff|cli\/program-files)\.ts$/,
    commander: /^(platform\/(main\.ts$|command\/)|provider\/cli\/)/,
    "node:https": /^(provider\/client\/|platform\/acme\/|provider\/cli\/health-request\.ts$)/,
    "node:dns/promises": /^(platform|provider)\/dns\//,
    "node:child_process": /^(platform\/git\/process\/launcher|provider\/cli\/(engine|health-command))\.ts$/,
    "@pulumi/policy": /^policy\//,
    "@pulumi/pulumi": /^provider\/((components\/)?[\w-]+\.ts|lifecycle\/lifecycle\.ts)$/,
};

/** Folder -> folders of the same package that it may import. The packages' roots may import all of theirs. */
const allowed = {
    "provider/lifecycle": ["provider/client", "provider/repository", "provider/dns"],
    "provider/client": [],
    "provider/dns": [],
    "provider/report": [],
    "provider/review": ["provider/lifecycle", "provider/report"],
    "provider/rehearsal": [
        "provider/report",
        "provider/review",
        "provider/estate",
        "provider/lookup",
        "provider/lifecycle",
        "provider/client",
        "provider/repository",
    ],
    "provider/waves": ["provider/lifecycle", "provider/review"],
    "provider/repository": [],
    "provider/components": ["provider"],
    "provider/lookup": ["provider/lifecycle", "provider/client"],
    "provider/golive": ["provider/report", "provider/lookup", "provider/lifecycle", "provider/client", "provider/dns"],
    "provider/access": ["provider/report", "provider/lookup", "provider/lifecycle", "provider/client"],
    "provider/estate": ["provider/lookup", "provider/lifecycle", "provider/client", "provider/repository"],
    "provider/overview": ["provider/report", "provider/lookup", "provider/lifecycle", "provider/client"],
    "provider/cli": [
        "provider/report",
        "provider/overview",
        "provider/review",
        "provider/golive",
        "provider/access",
        "provider/rehearsal",
        "provider/waves",
        "provider/estate",
        "provider/lookup",
        "provider/lifecycle",
        "provider/client",
        "provider/repository",
    ],
    "platform/http": [
        "platform/page",
        "platform/service",
        "platform/archive",
        "platform/auth",
        "platform/git",
        "platform/catalogue",
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
    "platform/store": [],
    "platform/mail": [],
    "platform/auth": ["platform/store"],
    "platform/git": [],
    "platform/payload": [],
    "platform/archive": [],
    "platform/catalogue": [],
    "platform/acme": [],
    "platform/dns": [],
    "policy/rules": ["policy"],
};
const anywhere = new Set(["platform/failpoint.ts", "platform/gate.ts", "platform/version.ts"]);

function folderOf(file) {
    const [pack, folder] = file.split("/");
    return file.split("/").length > 2 ? `${pack}/${folder}` : pack;
}

const wrong = [];
for (const { file, text } of listSources()) {
    const pack = file.split("/")[0];
    for (const [statement, name] of text.matchAll(/^(?:import|export)\b[^;"]*\bfrom "([^"]+)";$/gm)) {
        if (name.startsWith(".")) {
            const target = path.join(path.dirname(file), name);
            const [from, to] = [folderOf(file), folderOf(`${target}.ts`)];
            if (target.split("/")[0] !== pack) wrong.push(`${file} reaches into another package: ${name}`);
            else if (from !== to && from in allowed && !allowed[from].includes(to) && !anywhere.has(`${target}.ts`))
                wrong.push(`${file}: ${from} must not import ${to}`);
            continue;
        }
        const library = name.startsWith("@") ? name.split("/").slice(0, 2).join("/") : name.split("/")[0];
        const room = rooms[name] ?? rooms[library];
        if (room !== undefined && !room.test(file)) wrong.push(`${file}: ${library} has another room (${statement})`);
        if (library.startsWith("section-") && library !== "section-model")
            wrong.push(`${file}: packages meet on the wire only, not by importing ${library}`);
        if (library === "pulumi-section") wrong.push(`${file}: a package does not import itself by name`);
    }
}
report("layers", wrong);
