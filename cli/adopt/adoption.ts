import { readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import type { Session } from "pulumi-section/internal";
import { splitUrn } from "pulumi-section/internal";
import { Problem } from "section-model";
import { type EngineResult, runEngine } from "../engine/engine";
import { changesSomething } from "../engine/operation";
import { readProjectName } from "../engine/project";
import { saveOnce } from "../engine/quick-run";
import { type ImportedResource, type ImportFile, importFileName, programNameOf } from "../export/import-file";
import { claimThings } from "./claim-things";

const oldestEngine = [3, 254] as const;
const leftFileName = ".import-left.json";

/** A folder with an exported program, and the stack that takes it over. */
export interface Adoption {
    folder: string;
    stack: string;
    /** The session whose settings the engine's provider gets: through its environment, not through arguments. */
    session: Session;
}

export interface PreviewOutcome {
    /** How many resources each operation would touch. */
    changes: Record<string, number>;
    isClean: boolean;
}

const lastWords = ({ stdout, stderr }: EngineResult) => `${stdout}\n${stderr}`.trim().split("\n").slice(-40).join("\n");

async function must(
    adoption: Adoption,
    what: string,
    args: readonly string[],
    environment: Record<string, string> = {},
): Promise<string> {
    const result = await runIn(adoption, args, environment);
    if (result.code === 0) return result.stdout;
    throw new Problem("unsupported", `${what} failed: ${lastWords(result)}`, {
        remedy: "Correct what the engine says, then adopt again; what is imported stays imported",
    });
}

function runIn(
    { folder, session: { settings } }: Adoption,
    args: readonly string[],
    environment: Record<string, string> = {},
): Promise<EngineResult> {
    return runEngine(args, {
        cwd: folder,
        environment: {
            ...environment,
            SECTION_ENDPOINT: settings.endpoint,
            SECTION_TOKEN: settings.token,
            PULUMI_SKIP_UPDATE_CHECK: "true",
            NO_COLOR: "1",
        },
    });
}

/** Refuses an engine that asks the provider to read at import: a dynamic provider cannot. */
export async function requireEngine(): Promise<void> {
    const version = (await runEngine(["version"])).stdout.trim();
    const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
    if (major > oldestEngine[0] || (major === oldestEngine[0] && minor >= oldestEngine[1])) return;
    throw new Problem(
        "unsupported",
        `pulumi ${version || "of an unknown version"} cannot import resources with their outputs`,
        {
            remedy: `Install pulumi ${oldestEngine.join(".")} or newer`,
        },
    );
}

/** Refuses a folder whose program could not run. */
export function requirePackages(folder: string): void {
    const { resolve } = createRequire(path.resolve(folder, "index.ts"));
    for (const name of ["@pulumi/pulumi/package.json", "pulumi-section/dynamic", "tsx"]) {
        try {
            resolve(name);
        } catch (cause) {
            throw new Problem(
                "unsupported",
                `${name.replace(/\/(package\.json|dynamic)$/, "")} is not installed for ${path.resolve(folder)}`,
                {
                    remedy: "Run npm install in that folder, then adopt it again",
                    cause,
                },
            );
        }
    }
}

export async function readImportFile(folder: string): Promise<ImportFile | undefined> {
    const text = await readFile(path.join(folder, importFileName), "utf8").catch(() => undefined);
    return text === undefined ? undefined : JSON.parse(text);
}

interface StateResource {
    urn: string;
    id?: string;
}

/** Imports the resources that the stack does not have yet. Returns their number. */
export async function importResources(adoption: Adoption, { resources }: ImportFile): Promise<number> {
    await must(adoption, "selecting the stack", ["stack", "select", "--create", adoption.stack]);
    const { deployment } = JSON.parse(
        await must(adoption, "reading the stack", ["stack", "export", "--stack", adoption.stack]),
    ) as {
        deployment: { resources?: StateResource[] };
    };
    const known = new Map(
        (deployment.resources ?? []).map(({ urn, id }) => {
            const { path: types, name } = splitUrn(urn);
            return [`${types}::${name}`, id];
        }),
    );
    const keyOf = (resource: ImportedResource) => `${resource.type}::${programNameOf(resource)}`;
    const other = resources.find((resource) => (known.get(keyOf(resource)) ?? resource.id) !== resource.id);
    if (other !== undefined) {
        const name = programNameOf(other);
        throw new Problem("invalid-input", `stack ${adoption.stack} has ${name} with another id than ${other.id}`, {
            remedy: "Choose another stack with --stack",
        });
    }
    const left = resources.filter((resource) => !known.has(keyOf(resource)));
    if (left.length === 0) return 0;
    const leftFile = path.join(adoption.folder, leftFileName);
    const project = await readProjectName(adoption.folder);
    const claimed = await claimThings(
        adoption.session,
        { project, stack: adoption.stack.split("/").pop() as string },
        left,
    );
    await writeFile(leftFile, JSON.stringify({ resources: claimed }));
    const flags = ["--generate-code=false", "--protect=false", "--yes", "--skip-preview", "--suppress-progress"];
    // the state is written once, at the end: an interrupted import has imported nothing and is repeated
    try {
        const words = ["import", "--stack", adoption.stack, "--file", leftFileName, ...flags];
        await must(adoption, "importing", words, saveOnce);
    } finally {
        await rm(leftFile, { force: true });
    }
    return left.length;
}

/** Operations that change something, each with its number of resources. */
export function listChanged(changes: PreviewOutcome["changes"]): [op: string, count: number][] {
    return Object.entries(changes).filter(([op, count]) => changesSomething(op) && count > 0);
}

/** Previews `up`, after a refresh of the state. */
export async function previewAdoption(adoption: Adoption): Promise<PreviewOutcome> {
    const text = await must(adoption, "the preview", ["preview", "--stack", adoption.stack, "--refresh", "--json"]);
    const { changeSummary: changes } = JSON.parse(text) as { changeSummary: Record<string, number> };
    return { changes, isClean: listChanged(changes).length === 0 };
}

/** The same in the engine's words. */
export async function showPreview(adoption: Adoption): Promise<string> {
    return (await runIn(adoption, ["preview", "--stack", adoption.stack, "--refresh", "--diff"])).stdout;
}
