import assert from "node:assert/strict";
import { mkdir, readdir, readFile, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { sql } from "kysely";
import { checkConsistency } from "../../../platform/service/consistency";
import type { Database } from "../../../platform/store/database";
import { listTables } from "../../../platform/store/schema";
import { openArchive } from "../../support/backup-archive";
import {
    change,
    makeOwner,
    makeSite,
    makeStaging,
    type OpenData,
    openData,
    restore,
    takeBackup,
} from "../../support/backups";
import { mustGit } from "../../support/git";
import { withFolder } from "../../support/platform";
import { freshStoreOptions, storeKinds } from "../../support/stores";

async function fill({ context, dataDir }: OpenData) {
    const member = await makeOwner(context);
    const site = await makeSite(context, member);
    await makeSite(context, member);
    await makeStaging(context, member, site.id);
    for (let index = 0; index < 3; index += 1) await change(context, member, site.id, "Staging");
    await mkdir(path.join(dataDir, "payloads", "deep"), { recursive: true });
    await writeFile(path.join(dataDir, "payloads", "deep", "code.tgz"), Buffer.alloc(2_000_000, 5));
    await writeFile(path.join(dataDir, "payloads", "empty"), "");
    return { member, site };
}

/** Everything that rows say, in the database's own words. */
async function rowsOf(database: Database): Promise<Record<string, unknown[]>> {
    const found: Record<string, unknown[]> = {};
    for (const table of await listTables(database)) {
        const { rows } = await sql<{
            line: string;
        }>`select to_jsonb(t)::text as line from ${sql.table(table)} t order by 1`.execute(database);
        found[table] = rows.map(({ line }) => JSON.parse(line));
    }
    return found;
}

async function refsOf({ context }: OpenData): Promise<string[]> {
    const found: string[] = [];
    for (const applicationId of (await context.repositories.listApplications()).sort()) {
        const folder = context.repositories.folder({ accountId: 0, applicationId });
        assert.equal((await mustGit(folder, undefined, "fsck", "--strict", "--full")).trim(), "");
        found.push(
            `${applicationId}\n${await mustGit(folder, undefined, "for-each-ref", "--format=%(objectname) %(refname)")}`,
        );
    }
    return found;
}

describe("a backup", function () {
    this.timeout(180_000);

    for (const from of storeKinds)
        for (const to of storeKinds)
            it(`of ${from} restored into ${to} is the same platform: rows, branches, files, secrets`, () =>
                withFolder(async (folder) => {
                    const source = await openData(await freshStoreOptions(from));
                    await fill(source);
                    const sealed = source.context.secrets.seal("x", "hush");
                    const bytes = await takeBackup(source);
                    const before = [await rowsOf(source.context.store.database), await refsOf(source)];
                    await source.close();
                    const databaseUrl =
                        to === "PGlite" ? undefined : (await freshStoreOptions("PostgreSQL")).databaseUrl;
                    const dataDir = path.join(folder, "new");
                    const manifest = await restore(bytes, { dataDir, databaseUrl });
                    assert.deepEqual([manifest.tables.applications, manifest.tables.environments], [2, 3]);
                    const target = await openData({ dataDir, databaseUrl });
                    assert.deepEqual([await rowsOf(target.context.store.database), await refsOf(target)], before);
                    assert.equal(target.context.secrets.open("x", sealed), "hush");
                    assert.equal(
                        (await readFile(path.join(dataDir, "payloads", "deep", "code.tgz"))).length,
                        2_000_000,
                    );
                    assert.deepEqual(
                        (await readdir(dataDir)).filter((name) => !name.startsWith("section-platform.lock")).sort(),
                        [...(to === "PGlite" ? ["database"] : []), "payloads", "repositories", "secret.key"],
                    );
                    assert.deepEqual(await checkConsistency(target.context), []);
                    const member = await makeOwner(target.context);
                    await makeStaging(target.context, member, (await makeSite(target.context, member)).id);
                    assert.deepEqual(await checkConsistency(target.context), [], "and life goes on");
                    await target.close();
                }));

    it("holds what is in the data folder and nothing that is only on its way", () =>
        withFolder(async (dataDir) => {
            const source = await openData({ dataDir });
            await fill(source);
            await writeFile(path.join(dataDir, "secret.key.tmp"), "half a key");
            for (const name of ["backup-old", "backup-young"]) await mkdir(path.join(dataDir, name));
            await writeFile(path.join(dataDir, "backup-young", "users.jsonl"), "hash");
            await utimes(path.join(dataDir, "backup-old"), new Date(0), new Date(0));
            const { content, manifest } = await openArchive(await takeBackup(source));
            const tops = [...new Set([...content.keys()].map((name) => name.split("/")[0]))].sort();
            assert.deepEqual(tops, ["database", "files", "repositories", "secret.key"]);
            assert.deepEqual([...content.keys()].filter((name) => name.startsWith("files/")).sort(), [
                "files/payloads/deep/code.tgz",
                "files/payloads/empty",
            ]);
            assert.equal(
                manifest.tables.applications,
                content.get("database/applications.jsonl")?.trim().split("\n").length,
            );
            assert.deepEqual(
                (await readdir(dataDir)).filter((name) => name.startsWith("backup-")),
                ["backup-young"],
                "its own spool is gone, and forgotten ones",
            );
            await source.close();
        }));

    it("without the key has no key, and says which one it needs", () =>
        withFolder(async (dataDir) => {
            const source = await openData({ dataDir });
            await makeOwner(source.context);
            const bytes = await takeBackup(source, { withSecretKey: false });
            const { content, manifest } = await openArchive(bytes);
            assert.ok(!content.has("secret.key"));
            assert.equal(manifest.secretKey.isIncluded, false);
            await withFolder(async (elsewhere) => {
                const target = path.join(elsewhere, "new");
                await assert.rejects(
                    restore(bytes, { dataDir: target }),
                    /the backup has no secret key\. Give the file that was kept apart with --secret-key-file\./,
                );
                await writeFile(path.join(elsewhere, "wrong.key"), `${Buffer.alloc(32).toString("base64")}\n`);
                await assert.rejects(
                    restore(bytes, { dataDir: target, secretKeyFile: path.join(elsewhere, "wrong.key") }),
                    /wrong\.key is not the key of this backup/,
                );
                await restore(bytes, { dataDir: target, secretKeyFile: path.join(dataDir, "secret.key") });
                assert.equal(
                    await readFile(path.join(target, "secret.key"), "utf8"),
                    await readFile(path.join(dataDir, "secret.key"), "utf8"),
                );
            });
            await source.close();
        }));
});
