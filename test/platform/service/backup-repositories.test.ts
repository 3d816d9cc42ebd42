import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { ArchiveWriter } from "../../../platform/archive/archive-writer";
import type { Member } from "../../../platform/auth/caller";
import { type InGit, RepositoryBackup, readExpected } from "../../../platform/service/backup-repositories";
import type { Context } from "../../../platform/service/context";
import { openArchive, rest, takenAt } from "../../support/backup-archive";
import { change, deleteApplication, deleteEnvironment, makeOwner, makeSite, makeStaging } from "../../support/backups";
import { sharedContext } from "../../support/context";
import { mustGit } from "../../support/git";
import { author, files } from "../../support/repository";

interface Moments {
    /** After the branches were looked at, before the rows are. */
    beforeRows?(): Promise<unknown>;
    /** After the rows, before the repositories are copied. */
    afterRows?(): Promise<unknown>;
}

describe("the repositories of a backup", function () {
    this.timeout(60_000);
    let context: Context;
    let member: Member;
    let id: number;

    beforeEach(async () => {
        context = await sharedContext();
        member = await makeOwner(context);
        id = (await makeSite(context, member)).id;
    });

    const headOf = async (branch: string, application = id) =>
        (await context.repositories.head({ accountId: member.accountId, applicationId: application }, branch))?.commit;

    /** Copies, and lets things happen meanwhile. Returns what is gone, and the references of each copied repository. */
    async function copy({ beforeRows, afterRows }: Moments = {}) {
        const sink = new PassThrough();
        const chunks: Buffer[] = [];
        sink.on("data", (chunk) => void chunks.push(chunk));
        const writer = new ArchiveWriter(sink, takenAt);
        await writer.begin(rest);
        const backup = await RepositoryBackup.begin(context.repositories);
        await beforeRows?.();
        const expected = await readExpected(context.store.database);
        await afterRows?.();
        const gone: InGit = await backup.write(writer, expected);
        await writer.finish(rest);
        const { content } = await openArchive(Buffer.concat(chunks));
        const referencesOf = (application: number): Record<string, string> => {
            const lines = (content.get(`repositories/${application}/packed-refs`) ?? "")
                .split("\n")
                .filter((line) => /^[0-9a-f]{40} /.test(line));
            return Object.fromEntries(lines.map((line) => [line.slice(41), line.slice(0, 40)]));
        };
        const branchesOf = (application: number) => {
            const branches = Object.entries(referencesOf(application)).filter(([ref]) => ref.startsWith("refs/heads/"));
            return Object.fromEntries(branches.map(([ref, oid]) => [ref.slice("refs/heads/".length), oid]));
        };
        return { gone, branchesOf, referencesOf, names: [...content.keys()] };
    }

    it("have what was committed before, and the branches and tags that were pushed beside environments", async () => {
        await makeStaging(context, member, id);
        await change(context, member, id, "Staging");
        const key = { accountId: member.accountId, applicationId: id };
        await context.repositories.createBranch(
            key,
            "dev/feature",
            "Production",
            { author, message: "x" },
            () => files({ a: "a" }) as Map<string, Buffer>,
        );
        await mustGit(context.repositories.folder(key), undefined, "tag", "v1", "dev/feature");
        const { gone, branchesOf, referencesOf } = await copy();
        assert.equal(referencesOf(id)["refs/tags/v1"], await headOf("dev/feature"));
        assert.deepEqual(branchesOf(id), {
            Production: await headOf("Production"),
            Staging: await headOf("Staging"),
            "dev/feature": await headOf("dev/feature"),
        });
        assert.deepEqual(gone, { applications: [], environments: [] });
    });

    it("have an application and an environment that came between branches and rows", async () => {
        let later = 0;
        const { gone, branchesOf } = await copy({
            beforeRows: async () => {
                later = (await makeSite(context, member)).id;
                await makeStaging(context, member, id);
            },
        });
        assert.deepEqual(Object.keys(branchesOf(later)), ["Production"]);
        assert.deepEqual(Object.keys(branchesOf(id)), ["Production", "Staging"]);
        assert.deepEqual(gone, { applications: [], environments: [] });
    });

    it("have nothing of what came after the rows: an environment's branch without its row would be in the way of making it again", async () => {
        let later = 0;
        const { branchesOf, names } = await copy({
            afterRows: async () => {
                later = (await makeSite(context, member)).id;
                await makeStaging(context, member, id);
            },
        });
        assert.ok(!names.some((name) => name.startsWith(`repositories/${later}/`)));
        assert.deepEqual(Object.keys(branchesOf(id)), ["Production"]);
    });

    it("have nothing left of an environment whose row went before the rows were read", async () => {
        await makeStaging(context, member, id);
        const { branchesOf, gone } = await copy({
            beforeRows: () => deleteEnvironment(context, member, id, "Staging"),
        });
        assert.deepEqual([Object.keys(branchesOf(id)), gone.environments], [["Production"], []]);
    });

    it("remember where an environment's branch led that went after the rows", async () => {
        await makeStaging(context, member, id);
        await change(context, member, id, "Staging");
        const head = await headOf("Staging");
        const { branchesOf, gone, names } = await copy({
            afterRows: () => deleteEnvironment(context, member, id, "Staging"),
        });
        assert.equal(branchesOf(id).Staging, head);
        assert.ok(names.includes(`repositories/${id}/objects/${head?.slice(0, 2)}/${head?.slice(2)}`));
        assert.deepEqual(gone.environments, []);
    });

    it("name what came and went meanwhile, and what is gone altogether", async () => {
        const doomed = (await makeSite(context, member)).id;
        const { gone, names } = await copy({
            beforeRows: () => makeStaging(context, member, id),
            afterRows: async () => {
                await deleteEnvironment(context, member, id, "Staging");
                await deleteApplication(context, member, doomed);
            },
        });
        assert.deepEqual(
            gone.environments.map(({ application_id, name }) => [application_id, name]),
            [[id, "Staging"]],
        );
        assert.deepEqual(
            gone.applications.map(({ id: application }) => application),
            [doomed],
        );
        assert.ok(!names.some((name) => name.startsWith(`repositories/${doomed}/`)));
    });

    it("have heads of after the rows, with everything below them", async () => {
        const { branchesOf, names } = await copy({ afterRows: () => change(context, member, id) });
        const head = await headOf("Production");
        assert.equal(branchesOf(id).Production, head);
        assert.ok(names.includes(`repositories/${id}/objects/${head?.slice(0, 2)}/${head?.slice(2)}`));
    });
});
