import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { withFolder } from "../support/platform";

describe("the lock around preparing the engine", () => {
    it("is held by one at a time, and taken over from the dead", () =>
        withFolder(async (folder) => {
            const { withLock } = (await import(path.resolve("tools/pulumi/lock.mjs"))) as {
                withLock<T>(file: string, say: (line: string) => void, work: () => Promise<T>): Promise<T>;
            };
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
});
