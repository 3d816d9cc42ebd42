import assert from "node:assert/strict";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { setClaims } from "../../../platform/service/claims";
import { checkConsistency } from "../../../platform/service/consistency";
import { readIdentity } from "../../../platform/store/identity";
import { queueEffect } from "../../../platform/store/outbox";
import { listTables } from "../../../platform/store/schema";
import { openStore } from "../../../platform/store/store";
import { makeOwner, makeSite, type OpenData, openData, restore, takeBackup } from "../../support/backups";
import { makeClaim } from "../../support/claims";
import { withFolder } from "../../support/platform";
import { requireSome } from "../../support/require-some";
import { freshStoreOptions, storeKinds } from "../../support/stores";

describe("a restore", function () {
    this.timeout(180_000);
    const claim = makeClaim("www");
    let bytes: Buffer;
    let identity: string;

    before(() =>
        withFolder(async (dataDir) => {
            const source: OpenData = await openData({ dataDir });
            const owner = await makeOwner(source.context);
            const { id } = await makeSite(source.context, owner);
            await setClaims(source.context, owner, [{ thing: { application_id: id }, expected: null, claim }]);
            identity = await readIdentity(source.context.store.database);
            // a process that died has begun it, and has it for a long time yet
            await queueEffect(
                source.context.store.database,
                "delete-application",
                { accountId: 1, applicationId: 99 },
                new Date(Date.now() + 3_600_000),
            );
            bytes = await takeBackup(source);
            await source.close();
        }),
    );

    it("goes into an empty place only, and says what is in the way", () =>
        withFolder(async (folder) => {
            await writeFile(path.join(folder, "notes.txt"), "mine");
            await assert.rejects(restore(bytes, { dataDir: folder }), {
                code: "place-occupied",
                message: `${folder} is not empty: it has notes.txt. Name a new data folder and an empty database.`,
            });
            assert.equal(await readFile(path.join(folder, "notes.txt"), "utf8"), "mine");
            const used = path.join(folder, "used");
            const running = await openData({ dataDir: used });
            await assert.rejects(restore(bytes, { dataDir: used }), { code: "directory-locked" });
            await running.close();
            await assert.rejects(
                restore(bytes, { dataDir: used }),
                /is not empty: it has database, repositories, secret\.key/,
            );
        }));

    if (storeKinds.includes("PostgreSQL"))
        it("goes into an empty PostgreSQL only, and leaves it as it was when it fails", () =>
            withFolder(async (folder) => {
                const { databaseUrl } = await freshStoreOptions("PostgreSQL");
                const used = await openData({ dataDir: path.join(folder, "used"), databaseUrl });
                await makeOwner(used.context);
                await used.close();
                const dataDir = path.join(folder, "new");
                await assert.rejects(
                    restore(bytes, { dataDir, databaseUrl }),
                    /the database is not empty: it has accounts, .*\. Name an empty database\./,
                );
                assert.deepEqual(await readdir(dataDir), []);
                const empty = (await freshStoreOptions("PostgreSQL")).databaseUrl;
                const damaged = Buffer.from(bytes.subarray(0, bytes.length - 200));
                await assert.rejects(restore(damaged, { dataDir, databaseUrl: empty }), { code: "backup-damaged" });
                const store = await openStore({ dataDir, databaseUrl: empty, isRaw: true });
                assert.deepEqual(await listTables(store.database), []);
                await store.close();
                await restore(bytes, { dataDir, databaseUrl: empty });
            }));

    it("of a backup with a wrong byte anywhere leaves nothing behind, and the place can be used again", () =>
        withFolder(async (folder) => {
            const dataDir = path.join(folder, "new");
            const flips = 40;
            let harmless = 0;
            for (let flip = 1; flip <= flips; flip += 1) {
                const wrong = Buffer.from(bytes);
                // the byte comes after the head of gzip, which says nothing
                const index = 10 + Math.floor(((wrong.length - 10) * flip) / (flips + 1));
                wrong[index] = (wrong[index] as number) ^ 0xff;
                const outcome = await restore(wrong, { dataDir }).then(
                    () => "whole",
                    ({ code, message }) => code ?? message,
                );
                // a bit or two of a packed file may mean nothing; what comes out is compared with its checksums
                if (outcome === "whole") {
                    harmless += 1;
                    await rm(dataDir, { recursive: true });
                    continue;
                }
                assert.equal(outcome, "backup-damaged", `byte ${index}`);
                assert.deepEqual(await readdir(dataDir), []);
            }
            assert.ok(harmless <= 2, `${harmless} of ${flips} were not noticed`);
            await restore(bytes, { dataDir });
        }));

    it("brings back whose things are, and the platform's identity", async () => {
        for (const kind of requireSome(storeKinds))
            await withFolder(async (folder) => {
                const { databaseUrl } = kind === "PostgreSQL" ? await freshStoreOptions(kind) : {};
                const where = { dataDir: path.join(folder, "new"), databaseUrl };
                await restore(bytes, where);
                const target = await openData(where);
                const { database } = target.context.store;
                assert.equal(await readIdentity(database), identity);
                const [application] = await database.selectFrom("applications").select("claim").execute();
                assert.equal(application?.claim?.id, claim.id);
                await target.close();
            });
    });

    it("finishes what nobody finished, whoever had begun it", async () => {
        for (const kind of requireSome(storeKinds))
            await withFolder(async (folder) => {
                const { databaseUrl } = await freshStoreOptions(kind);
                const where = { dataDir: path.join(folder, "new"), databaseUrl };
                await restore(bytes, where);
                const target = await openData(where);
                assert.deepEqual(await checkConsistency(target.context), [], kind);
                await target.close();
            });
    });

    it("that was killed keeps platforms from starting, and another restore from adding to it", () =>
        withFolder(async (folder) => {
            await mkdir(path.join(folder, "restoring"));
            const message = new RegExp(
                `a restore into ${folder} is under way, or was not finished\\. Empty the data folder and the database`,
            );
            await assert.rejects(openData({ dataDir: folder }), { code: "restore-unfinished", message });
            await assert.rejects(restore(bytes, { dataDir: folder }), { code: "restore-unfinished" });
        }));

    it("gives everything to its owner alone", () =>
        withFolder(async (folder) => {
            const dataDir = path.join(folder, "new");
            await restore(bytes, { dataDir });
            assert.equal((await stat(dataDir)).mode & 0o777, 0o700);
            assert.equal((await stat(path.join(dataDir, "secret.key"))).mode & 0o777, 0o600);
            assert.equal((await stat(path.join(dataDir, "repositories"))).mode & 0o777, 0o700);
        }));

    it("reads the first format, as the first platform wrote it", () =>
        withFolder(async (folder) => {
            const dataDir = path.join(folder, "new");
            const manifest = await restore(await readFile("test/fixtures/backup-format-1.tar.gz"), { dataDir });
            assert.deepEqual([manifest.format, manifest.platform, manifest.migration], [1, "0.1.0", "0001-initial"]);
            const target = await openData({ dataDir });
            assert.deepEqual(await checkConsistency(target.context), []);
            const { repositories, store, secrets } = target.context;
            const names = await store.database.selectFrom("environments").select("name").orderBy("id").execute();
            assert.deepEqual(
                names.map(({ name }) => name),
                ["Production", "Staging"],
            );
            const config = await repositories.readFile(
                { accountId: 1, applicationId: 1 },
                "Staging",
                "section.config.json",
            );
            assert.match(config?.toString() ?? "", /"ip_blacklist": \[\s+"192\.0\.2\.77"/);
            assert.equal(await readFile(path.join(dataDir, "payloads", "code.txt"), "utf8"), "some code\n");
            assert.equal(
                secrets.open(
                    "fixture",
                    Buffer.from(await readFile("test/fixtures/backup-format-1.sealed", "utf8"), "base64"),
                ),
                "a secret of then",
            );
            await target.close();
        }));
});
