import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { PassThrough } from "node:stream";
import { ArchiveWriter } from "../../../platform/archive/archive-writer";
import { RepositoryBackup, readExpected } from "../../../platform/service/backup-repositories";
import { checkConsistency } from "../../../platform/service/consistency";
import { markVanished } from "../../../platform/service/mark-vanished";
import { splitApplication } from "../../../platform/service/splits";
import { dumpTables } from "../../../platform/store/dump-tables";
import { loadTables } from "../../../platform/store/load-tables";
import { takenAt } from "../../support/backup-archive";
import {
    deleteApplication,
    deleteEnvironment,
    makeOwner,
    makeSite,
    makeStaging,
    openData,
} from "../../support/backups";
import { withFolder } from "../../support/platform";
import { freshStoreOptions } from "../../support/stores";

describe("what vanishes while a backup is taken", function () {
    this.timeout(120_000);

    it("is being deleted in the backup, and gone when a platform has started on it", () =>
        withFolder(async (spool) => {
            const source = await openData(await freshStoreOptions("PGlite"));
            const { context } = source;
            const member = await makeOwner(context);
            const [kept, doomed] = [await makeSite(context, member), await makeSite(context, member)];
            await makeStaging(context, member, doomed.id);
            const sink = new PassThrough();
            sink.resume();
            const backup = await RepositoryBackup.begin(context.repositories);
            await makeStaging(context, member, kept.id, "Brief");
            const { dump, more } = await dumpTables(context.store.database, spool, readExpected);
            await deleteEnvironment(context, member, kept.id, "Brief");
            await deleteApplication(context, member, doomed.id);
            const gone = await backup.write(new ArchiveWriter(sink, takenAt), more);
            const tables = await markVanished(spool, dump, gone, takenAt);
            assert.equal(tables.outbox, 2);

            // what a restore does: these rows, and only the repositories that were there to be copied
            await context.store.transact((transaction) =>
                loadTables(transaction, spool, { tables, sequences: dump.sequences }),
            );
            const states = await context.store.database
                .selectFrom("applications")
                .select(["id", "state"])
                .orderBy("id")
                .execute();
            assert.deepEqual(states, [
                { id: kept.id, state: "ready" },
                { id: doomed.id, state: "deleting" },
            ]);
            const intents = await context.store.database
                .selectFrom("outbox")
                .select(["id", "kind"])
                .orderBy("id")
                .execute();
            assert.deepEqual(intents, [
                { id: -2, kind: "delete-environment" },
                { id: -1, kind: "delete-application" },
            ]);
            await source.close();

            const next = await openData({ dataDir: source.dataDir });
            assert.deepEqual(await checkConsistency(next.context), []);
            const environments = await next.context.store.database.selectFrom("environments").select("name").execute();
            assert.deepEqual(environments, [{ name: "Production" }]);
            const domains = await next.context.store.database.selectFrom("domains").select("hostname").execute();
            assert.equal(domains.length, 1, "their hostnames are free again");
            await next.close();
        }));

    it("goes from every application that shares it: from the root and what was split from it", () =>
        withFolder(async (spool) => {
            const source = await openData(await freshStoreOptions("PGlite"));
            const { context } = source;
            const member = await makeOwner(context);
            const root = await makeSite(context, member);
            const sink = new PassThrough();
            sink.resume();
            const backup = await RepositoryBackup.begin(context.repositories);
            const child = await splitApplication(context, member, root.id, "/shop/");
            await makeStaging(context, member, root.id, "Brief");
            const { dump, more } = await dumpTables(context.store.database, spool, readExpected);
            // the child's branch is copied before it goes, the root's is not
            const gone = {
                applications: [],
                environments: more.environments.filter(
                    ({ application_id, name }) => application_id === root.id && name === "Brief",
                ),
            };
            const tables = await markVanished(spool, dump, gone, takenAt);
            await deleteEnvironment(context, member, root.id, "Brief");
            await backup.write(new ArchiveWriter(sink, takenAt), more);
            await context.store.transact((transaction) =>
                loadTables(transaction, spool, { tables, sequences: dump.sequences }),
            );
            await source.close();
            const next = await openData({ dataDir: source.dataDir });
            const environments = await next.context.store.database
                .selectFrom("environments")
                .select(["application_id", "name"])
                .orderBy("id")
                .execute();
            assert.deepEqual(environments, [
                { application_id: root.id, name: "Production" },
                { application_id: child.id, name: "Production" },
            ]);
            assert.deepEqual(await checkConsistency(next.context), []);
            await next.close();
        }));

    it("gets numbers that neither a sequence gives nor an earlier backup gave", () =>
        withFolder(async (spool) => {
            const file = (table: string) => path.join(spool, `${table}.jsonl`);
            await writeFile(
                file("applications"),
                '{"id": 7, "state": "ready", "name": "a \\"b\\""}\n{"id": 8, "state": "ready"}\n',
            );
            await writeFile(file("environments"), "");
            await writeFile(file("outbox"), '{"id": -3}\n{"id": 12}\n');
            const dump = { migration: "x", tables: { applications: 2, environments: 0, outbox: 2 }, sequences: {} };
            const row = { id: 7, account_id: 1, state: "ready" as const };
            await markVanished(spool, dump, { applications: [row], environments: [] }, takenAt);
            assert.equal(
                await readFile(file("applications"), "utf8"),
                '{"id":7,"state":"deleting","name":"a \\"b\\""}\n{"id": 8, "state": "ready"}\n',
            );
            const lines = (await readFile(file("outbox"), "utf8")).trim().split("\n");
            assert.deepEqual(JSON.parse(lines[2] as string), {
                id: -4,
                kind: "delete-application",
                payload: { accountId: 1, applicationId: 7 },
                claimed_until: takenAt.toISOString(),
            });
        }));
});
