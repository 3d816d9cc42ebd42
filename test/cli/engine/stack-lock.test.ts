import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { isProblem } from "section-model";
import { readProcessSpace } from "../../../cli/engine/process-space";
import { isLeft, listLocks, removeLeftLocks } from "../../../cli/engine/stack-lock";
import type { UnsavedMark } from "../../../cli/engine/unsaved-mark";
import { withFolder } from "../../support/platform";

const owner = { project: "agency", stack: "prod" };
const moment = "2026-11-29T09:04:43.010Z";

/** The id of a process that is gone. */
const gone = () => spawnSync("true").pid;

const lockOf = (pid: number, more: object = {}) => ({
    file: "",
    pid,
    username: "olga",
    hostname: hostname(),
    timestamp: moment,
    ...more,
});

async function markOf(more: Partial<UnsavedMark> = {}): Promise<UnsavedMark> {
    return { since: "2026-11-29T09:04:41.200Z", run: "r", ...(await readProcessSpace()), ...more };
}

async function writeLock(folder: string, lock: object, ...place: string[]): Promise<void> {
    const at = path.join(folder, ".pulumi", "locks", ...place);
    await mkdir(at, { recursive: true });
    await writeFile(path.join(at, "one.json"), JSON.stringify(lock));
    await writeFile(path.join(at, "one.json.attrs"), "{}");
}

describe("the lock of a stack", () => {
    it("is left when the run that the mark tells of made it and its process is gone", async () => {
        assert.equal(await isLeft(lockOf(gone()), await markOf()), true);
    });

    const held: readonly [what: string, lock: () => ReturnType<typeof lockOf>, mark?: Partial<UnsavedMark>][] = [
        ["its process lives", () => lockOf(process.pid)],
        ["it is of another host", () => lockOf(gone(), { hostname: "laptop" })],
    ];
    for (const [what, lock, mark] of held)
        it(`may be held when ${what}`, async () => assert.equal(await isLeft(lock(), await markOf(mark)), false));

    it("in a container is left only if the mark is of the same one, and of the same moment", async function () {
        const { container } = await readProcessSpace();
        if (container === "pid:[4026531836]") this.skip(); // the machine itself sees all of its processes
        for (const mark of [
            undefined,
            await markOf({ container: "pid:[1]" }),
            await markOf({ boot: "another" }),
            await markOf({ since: "2026-11-29T08:00:00.000Z" }),
            await markOf({ since: "2026-11-29T10:00:00.000Z" }),
        ])
            assert.equal(await isLeft(lockOf(gone()), mark), false);
    });

    it("is found where the engine writes it, with projects and without, and removed with what belongs to it", () =>
        withFolder(async (folder) => {
            assert.deepEqual(await listLocks(folder, owner), []);
            await writeLock(folder, lockOf(gone()), "organization", "agency", "prod");
            await writeLock(folder, lockOf(gone()), "prod");
            const locks = await listLocks(folder, owner);
            assert.equal(locks.length, 2);
            await removeLeftLocks(locks, await markOf());
            assert.deepEqual(await listLocks(folder, owner), []);
            assert.deepEqual(await readdir(path.join(folder, ".pulumi", "locks", "prod")), []);
        }));

    it("that may be held is refused with its holder and the remedy, and stays", () =>
        withFolder(async (folder) => {
            await writeLock(folder, lockOf(7, { hostname: "laptop" }), "organization", "agency", "prod");
            const locks = await listLocks(folder, owner);
            await assert.rejects(
                removeLeftLocks(locks, await markOf()),
                (error) =>
                    isProblem(error) &&
                    error.message ===
                        `the stack is locked by process 7 of olga on laptop, since ${moment}. Wait until the process ends; if it certainly has ended, run pulumi cancel, then run this again.`,
            );
            assert.equal((await listLocks(folder, owner)).length, 1);
        }));
});
