import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createReadStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { checkConsistency } from "../../platform/service/consistency";
import { restoreBackup } from "../../platform/service/restore";
import { Api } from "../support/api";
import { type OpenData, openData } from "../support/backups";
import { Choices, seed } from "../support/choices";
import { git, mustGit } from "../support/git";
import { sectionPlatform, spawnPlatform, withFolder } from "../support/platform";
import { freshDatabase, type StoreKind, storeKinds } from "../support/stores";
import { Ledger, writeByGit, writeByRest } from "../support/writers";

const run = promisify(execFile);
const backups = 3;
const restWriters = 5;
const gitWriters = 2;

interface Counted {
    facts: number;
    commits: number;
    repositories: number;
}

/** Compares a restored platform with the changes that were acknowledged before the backup began. */
async function compare(
    { context }: OpenData,
    ledger: Ledger,
    from: number,
    until: number,
    counted: Counted,
): Promise<void> {
    const { database } = context.store;
    const applications = await database.selectFrom("applications").select("id").where("state", "=", "ready").execute();
    const environments = await database
        .selectFrom("environments")
        .select(["application_id", "name"])
        .where("state", "=", "ready")
        .execute();
    const found = new Set([
        ...applications.map(({ id }) => `application ${id}`),
        ...environments.map(({ application_id, name }) => `environment ${application_id} ${name}`),
    ]);
    for (const thing of ledger.things()) {
        const expected = ledger.expected(thing, from, until);
        if (expected === undefined) continue;
        counted.facts += 1;
        assert.equal(
            found.has(thing),
            expected,
            `${thing} ${expected ? "was there" : "was gone"} before the backup began`,
        );
        const [kind, id, name = ""] = thing.split(" ");
        if (!expected || kind !== "environment") continue;
        const folder = context.repositories.folder({ accountId: 0, applicationId: Number(id) });
        const last = ledger.commits(thing, from).at(-1);
        if (last === undefined) continue;
        counted.commits += 1;
        assert.equal(
            (await git(folder, undefined, "merge-base", "--is-ancestor", last, `refs/heads/${name}`)).code,
            0,
            `${last} of ${thing} is lost`,
        );
    }
    for (const { id } of applications) {
        const folder = context.repositories.folder({ accountId: 0, applicationId: id });
        counted.repositories += 1;
        assert.doesNotMatch(await mustGit(folder, undefined, "fsck", "--strict", "--full", "--no-dangling"), /\S/);
        const branches = (await mustGit(folder, undefined, "for-each-ref", "--format=%(refname:short)"))
            .trim()
            .split("\n");
        const expected = environments.filter(({ application_id }) => application_id === id).map(({ name }) => name);
        assert.deepEqual(
            branches.sort(),
            expected.sort(),
            `branches of application ${id} without an environment, or environments without one`,
        );
    }
}

describe("backups of a platform that works", () => {
    for (const kind of storeKinds)
        it(`over ${kind}: whatever was acknowledged before one is in it, and nothing is half there`, () =>
            withFolder(async (folder) => {
                const data = path.join(folder, "data");
                const environment: Record<string, string> =
                    kind === "PostgreSQL" ? { DATABASE_URL: await freshDatabase() } : {};
                const command = async (...args: string[]) => {
                    const { stdout } = await run(process.execPath, [sectionPlatform, ...args, "--data-dir", data], {
                        env: { ...process.env, ...environment },
                    });
                    return stdout.trim();
                };
                await command("user", "add", "olga@agency.example");
                const token = await command("token", "add", "olga@agency.example", "--description", "x");
                const platform = await spawnPlatform(data, { environment });
                const ledger = new Ledger();
                let isOver = false;
                const writing = {
                    api: new Api(platform.url, token),
                    ledger,
                    choices: new Choices(seed),
                    isOver: () => isOver,
                };
                const writers = [
                    ...Array.from({ length: restWriters }, (_, index) => writeByRest(writing, `rest${index}`)),
                    ...Array.from({ length: gitWriters }, (_, index) =>
                        writeByGit(writing, `git${index}`, path.join(folder, "clones")),
                    ),
                ];
                const failed = Promise.all(writers).then(() => new Promise<never>(() => {}));
                const counted: Counted = { facts: 0, commits: 0, repositories: 0 };
                let [bytes, vanished, meanwhile, longestMs] = [0, 0, 0, 0];
                try {
                    for (let index = 0; index < backups; index += 1) {
                        const file = path.join(folder, `${index}.tar.gz`);
                        const [from, before] = [performance.now(), ledger.acknowledged];
                        await Promise.race([command("backup", file), failed]);
                        const until = performance.now();
                        longestMs = Math.max(longestMs, until - from);
                        meanwhile += ledger.acknowledged - before;
                        bytes += (await stat(file)).size;
                        const target = await restoreTarget(index, path.join(folder, String(index)));
                        await restoreBackup(createReadStream(file), target);
                        const restored = await openData(target);
                        vanished += await countVanished(file);
                        assert.deepEqual(await checkConsistency(restored.context), []);
                        await compare(restored, ledger, from, until, counted);
                        await restored.close();
                        await rm(target.dataDir, { recursive: true });
                    }
                } finally {
                    isOver = true;
                    await Promise.all(writers);
                    await platform.stop();
                }
                assert.ok(counted.facts > backups * 20 && counted.commits > backups * 3, JSON.stringify(counted));
                console.log(
                    `      seed ${seed}: ${backups} backups of ${(bytes / backups / 1000).toFixed(0)} kB, the longest ${(longestMs / 1000).toFixed(1)} s, ` +
                        `beside ${ledger.acknowledged} changes, ${meanwhile} of them while one was taken, ${vanished} deletions caught half way; ` +
                        `${counted.facts} facts, ${counted.commits} heads, ${counted.repositories} repositories compared: 0 lost, 0 half`,
                );
            }));
});

/** The target of a restore: each database in turn, whatever the backup's own is. */
async function restoreTarget(index: number, dataDir: string): Promise<{ dataDir: string; databaseUrl?: string }> {
    const kind: StoreKind = storeKinds[index % storeKinds.length] as StoreKind;
    return { dataDir, databaseUrl: kind === "PostgreSQL" ? await freshDatabase() : undefined };
}

/** Counts intents in a backup that no platform queued: for things that were deleted after their rows were read. */
async function countVanished(file: string): Promise<number> {
    const { stdout } = await run("tar", ["xzOf", file, "database/outbox.jsonl"]);
    return stdout.split("\n").filter((line) => line.startsWith('{"id":-')).length;
}
