import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { withFolder } from "../support/platform";
import { withZombie } from "../support/zombie";

type WithLock = <T>(file: string, say: (line: string) => void, work: () => Promise<T>) => Promise<T>;

describe("the lock around preparing the engine", () => {
    let withLock: WithLock;
    before(async () => {
        ({ withLock } = (await import(path.resolve("tools/pulumi/lock.mjs"))) as { withLock: WithLock });
    });

    /** Enters with the lock as somebody else left it, and must not wait. */
    const takesOver = (left: string) =>
        withFolder(async (folder) => {
            const file = path.join(folder, "x.lock");
            await writeFile(file, left);
            const refuseToWait = (line: string) => {
                throw new Error(line);
            };
            assert.equal(await withLock(file, refuseToWait, async () => "inside"), "inside");
        });

    it("is held by one at a time, and taken over from the dead", () =>
        withFolder(async (folder) => {
            const file = path.join(folder, "x.lock");
            await writeFile(file, "999999999");
            let inside = 0;
            let most = 0;
            const work = async () => {
                inside += 1;
                most = Math.max(most, inside);
                await new Promise((resolve) => setTimeout(resolve, 20));
                inside -= 1;
            };
            await Promise.all([withLock(file, () => {}, work), withLock(file, () => {}, work)]);
            assert.equal(most, 1);
        }));

    it("is taken over from a zombie, which keeps its number", () => withZombie((pid) => takesOver(`${pid}`)));

    it("is taken over from a process whose number another one has now", () => takesOver(`${process.pid} 1`));

    it("is waited for while its process works, whether or not it says when that began", () =>
        withFolder(async (folder) => {
            const file = path.join(folder, "x.lock");
            await writeFile(file, `${process.pid}`);
            const waiting = withLock(
                file,
                (line) => {
                    throw new Error(line);
                },
                async () => "inside",
            );
            await assert.rejects(waiting, new RegExp(`waiting for process ${process.pid} which prepares the same`));
        }));
});
