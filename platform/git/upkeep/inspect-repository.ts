import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { tellsDamage } from "../../damage";
import { unlessMissing } from "../objects/missing-file";
import { ObjectDamage } from "../objects/object-damage";
import { ObjectStore } from "../objects/object-store";
import { listIndexed } from "../objects/pack-index";
import { PiecedFile } from "../objects/pieced-file";
import type { Git } from "../process/git";
import { repositoryConfiguration } from "./furnish-repository";
import { inspectReferences } from "./inspect-references";

const readAtOnce = 8;
const verifyTimeoutMs = 1_800_000;

/** A fault of a repository: a file is damaged, an object is gone, or a file is not the platform's. */
export interface RepositoryFault {
    kind: "object-damaged" | "object-missing" | "reference-damaged" | "repository-foreign";
    message: string;
}

async function listNames(folder: string): Promise<string[]> {
    return (await unlessMissing(readdir(folder))) ?? [];
}

async function listLooseIds(objects: string): Promise<string[]> {
    const found: string[] = [];
    for (const folder of (await listNames(objects)).filter((name) => /^[0-9a-f]{2}$/.test(name)))
        for (const name of await listNames(path.join(objects, folder)))
            if (/^[0-9a-f]{38}$/.test(name)) found.push(`${folder}${name}`);
    return found;
}

async function listPackedIds(index: string): Promise<string[]> {
    return (await unlessMissing(new PiecedFile(index).use(listIndexed))) ?? [];
}

/** Reads objects, each from the disk; an object that is gone meanwhile is no damage. */
async function readAll(gitDir: string, oids: readonly string[]): Promise<string[]> {
    const [queue, damage] = [[...oids], [] as string[]];
    const work = async () => {
        for (let oid = queue.pop(); oid !== undefined; oid = queue.pop())
            await new ObjectStore(gitDir).read(oid).catch((error) => {
                if (tellsDamage(error) && error.cause instanceof ObjectDamage) damage.push(error.detail);
            });
    };
    await Promise.all(Array.from({ length: readAtOnce }, work));
    return damage.sort();
}

/** Git verifies packs faster than they are read object by object; when it finds damage, the objects are named. */
async function inspectPacks(git: Git, gitDir: string): Promise<string[]> {
    const folder = path.join(gitDir, "objects", "pack");
    const indexes = (await listNames(folder)).filter((name) => name.endsWith(".idx"));
    const damage: string[] = [];
    for (const index of indexes.map((name) => path.join(folder, name))) {
        const verify = { gitDir, verb: "verify-pack", operands: [index], timeoutMs: verifyTimeoutMs };
        const { exitCode, stderr } = await git.run({ ...verify, answers: [0, 1, 128] });
        if (exitCode === 0) continue;
        const found = await listPackedIds(index).then(
            (oids) => readAll(gitDir, oids),
            (error) => [`${index} is damaged: ${error.message}`],
        );
        const isThere = (await unlessMissing(readFile(index))) !== undefined; // packs are packed anew while this looks
        const words = stderr.trim().split("\n")[0] ?? "";
        damage.push(...(found.length > 0 || !isThere ? found : [`${index} is damaged: git says ${words}`]));
    }
    return damage;
}

/** Files with which git would run a command, or read another repository. No platform writes them any more. */
async function listForeign(gitDir: string): Promise<string[]> {
    const configuration = await unlessMissing(readFile(path.join(gitDir, "config"), "utf8"));
    const isForeign = configuration !== undefined && configuration !== repositoryConfiguration;
    const info = await listNames(path.join(gitDir, "objects", "info"));
    return [
        ...(isForeign ? [path.join(gitDir, "config")] : []),
        ...info.filter((name) => name.endsWith("alternates")).map((name) => path.join(gitDir, "objects", "info", name)),
    ];
}

/** Reads everything that a repository has, also while it is in use, and lists its faults. */
export async function inspectRepository(git: Git, gitDir: string): Promise<RepositoryFault[]> {
    const loose = await readAll(gitDir, await listLooseIds(path.join(gitDir, "objects")));
    const damage = [...loose, ...(await inspectPacks(git, gitDir))];
    const references = await inspectReferences(git, gitDir);
    const missing = damage.length > 0 ? [] : references.missing; // the walk meets the damaged ones again
    return [
        ...damage.map((message) => ({ kind: "object-damaged" as const, message })),
        ...references.damaged.map((message) => ({ kind: "reference-damaged" as const, message })),
        ...missing.map((message) => ({ kind: "object-missing" as const, message })),
        ...(await listForeign(gitDir)).map((file) => ({
            kind: "repository-foreign" as const,
            message: `${file} is not the platform's: remove it, or write there what a new repository has`,
        })),
    ];
}
