import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Session, Way } from "pulumi-section/internal";
import { Problem, parseOrganizationId } from "section-model";
import { requireOrganizations } from "../terminal/choose-client";
import { withProgress } from "../terminal/progress";
import { version } from "../version";
import { contentFolderOf, writeClientProgram } from "./client-program";
import type { EstateChoice } from "./estate-choice";
import { importFileName, writeImportFile } from "./import-file";
import { type Inventory, resourcesOf } from "./inventory";
import { takeInventory } from "./take-inventory";

const projectFile = `name: estate
description: Client sites on the Section platform
runtime:
    name: nodejs
    options:
        typescript: false
        nodeargs: --import tsx
`;

/** Where the engine finds the plugin, and the setting by which the program takes it. */
const pluginLines = `plugins:
    providers:
        - name: section
          path: node_modules/pulumi-resource-section
config:
    section:plugin: true
`;

// as in templates/section-agency-typescript
const packageFile = (version: string, way: Way) => ({
    name: "estate",
    private: true,
    main: "index.ts",
    scripts: { check: "tsc --noEmit" },
    dependencies: {
        "@pulumi/pulumi": "^3.216.0",
        ...(way === "plugin" && { "pulumi-resource-section": `^${version}` }),
        "pulumi-section": `^${version}`,
        tsx: "^4.20.0",
    },
    devDependencies: { "@types/node": "^20.19.0", typescript: "^6.0.0" },
});

const compilerFile = {
    compilerOptions: { target: "ES2022", module: "node16", types: ["node"], strict: true, skipLibCheck: true },
    files: ["index.ts"],
};

const json = (value: unknown) => `${JSON.stringify(value, undefined, 4)}\n`;

/** Every file of the program: path -> content. */
export function writeProgram(
    inventory: Inventory,
    { endpoint, version, way }: { endpoint: string; version: string; way: Way },
): Map<string, string | Buffer> {
    const files = new Map<string, string | Buffer>();
    const imports = inventory.clients.map(({ slug }) => `import "./clients/${slug}";\n`);
    files.set("Pulumi.yaml", way === "plugin" ? projectFile + pluginLines : projectFile);
    files.set("package.json", json(packageFile(version, way)));
    files.set("tsconfig.json", json(compilerFile));
    files.set(".gitignore", "node_modules/\n");
    files.set(
        "index.ts",
        `// a file per client, made by \`pulumi-section export\` and yours from now on\n${imports.join("")}`,
    );
    for (const client of inventory.clients) files.set(`clients/${client.slug}.ts`, writeClientProgram(client));
    const resources = resourcesOf(inventory);
    for (const resource of resources) {
        for (const [file, text] of resource.files ?? []) files.set(`${contentFolderOf(resource)}/${file}`, text);
    }
    files.set(importFileName, json(writeImportFile(inventory, endpoint, way)));
    return files;
}

/** Writes a program into a folder that is new or has only files of npm and git. */
export async function writeFolder(folder: string, files: ReadonlyMap<string, string | Buffer>): Promise<void> {
    const there = (await readdir(folder).catch(() => [])).filter(
        (name) => name !== "node_modules" && !name.startsWith("."),
    );
    if (there.length > 0) {
        throw new Problem(
            "place-occupied",
            `${path.resolve(folder)} is not empty: it has ${there.slice(0, 3).join(", ")}`,
            {
                remedy: "Name a new folder: what is there may hold your own changes",
            },
        );
    }
    for (const [file, text] of files) {
        const place = path.join(folder, file);
        await mkdir(path.dirname(place), { recursive: true });
        await writeFile(place, text);
    }
}

function refuseLanguage(language: string | undefined): void {
    if (language === "typescript") return;
    throw new Problem("unsupported", `a program cannot be written in ${language}`, {
        remedy: "Use typescript, or --plugin: with the file import.json, pulumi import writes code in any language",
    });
}

/** Writes the program of an estate into a folder. Only reads from the platform. */
export async function exportEstate(
    session: Session,
    folder: string,
    { organization, content = false, language, plugin = false }: EstateChoice,
): Promise<Inventory> {
    refuseLanguage(language);
    const way = plugin ? "plugin" : "dynamic";
    for (const id of organization ?? []) parseOrganizationId(id);
    const inventory = await withProgress("reading sites", (step) =>
        takeInventory(session, { organizations: organization, content, way, step }),
    );
    requireOrganizations(organization, [
        ...inventory.clients.map((each) => each.organization.recorded.id),
        ...inventory.leftOut.map(({ id }) => id),
    ]);
    await writeFolder(folder, writeProgram(inventory, { endpoint: session.client.connection.endpoint, version, way }));
    return inventory;
}
