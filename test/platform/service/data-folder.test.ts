import assert from "node:assert/strict";
import { mkdir, symlink, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import {
    isSpecial,
    listContent,
    listOtherFiles,
    removeAbandonedSpools,
    requireNoRestore,
} from "../../../platform/service/data-folder";
import { withFolder } from "../../support/platform";

describe("a data folder", () => {
    it("has files beside database, repositories and key: these are listed, from any depth, and no links", () =>
        withFolder(async (folder) => {
            for (const name of ["database", "repositories", "mail/new", "backup-1", "restoring"])
                await mkdir(path.join(folder, name), { recursive: true });
            for (const name of [
                "database/x",
                "repositories/x",
                "mail/new/1",
                "mail/2",
                "note",
                "secret.key",
                "secret.key.1f",
                "section-platform.lock.3",
                "backup-1/users",
            ])
                await writeFile(path.join(folder, name), name);
            await symlink("/etc/passwd", path.join(folder, "mail", "link"));
            const found: string[] = [];
            for await (const { name, handle } of listOtherFiles(folder)) {
                assert.equal(await handle.readFile("utf8"), name);
                await handle.close();
                found.push(name);
            }
            assert.deepEqual(found.sort(), ["mail/2", "mail/new/1", "note"]);
            assert.ok(isSpecial("lost+found") && !isSpecial("databases") && !isSpecial("mail"));
            assert.ok(
                (await listContent(folder)).includes("note") &&
                    !(await listContent(folder)).includes("section-platform.lock.3"),
            );
        }));

    it("loses the spools of backups that nobody takes any more", () =>
        withFolder(async (folder) => {
            for (const name of ["backup-old", "backup-new", "backups"]) await mkdir(path.join(folder, name));
            for (const name of ["backup-old", "backups"])
                await utimes(path.join(folder, name), new Date(0), new Date(0));
            await removeAbandonedSpools(folder);
            assert.deepEqual((await listContent(folder)).sort(), ["backup-new", "backups"]);
        }));

    it("in which a restore stands is no place for a platform", () =>
        withFolder(async (folder) => {
            await requireNoRestore(folder);
            await requireNoRestore(path.join(folder, "none"));
            await mkdir(path.join(folder, "restoring"));
            await assert.rejects(requireNoRestore(folder), { code: "restore-unfinished" });
        }));
});
