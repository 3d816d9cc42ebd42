import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { recoverStack } from "../../../cli/engine/recover-stack";
import { withFolder } from "../../support/platform";
import { makeLook } from "../../support/stack-look";

describe("a stack after a kill", () => {
    it("that nothing is known of, or that nobody locks, is left as it is", async () => {
        await recoverStack(undefined);
        await withFolder((folder) => recoverStack(makeLook({ backend: { isSelfManaged: true, folder } })));
    });

    it("is not touched while somebody else may hold its lock", () =>
        withFolder(async (folder) => {
            const locks = path.join(folder, ".pulumi", "locks", "organization", "agency", "prod");
            await mkdir(locks, { recursive: true });
            const lock = { pid: 7, username: "olga", hostname: "laptop", timestamp: "2026-11-29T09:04:43Z" };
            await writeFile(path.join(locks, "one.json"), JSON.stringify(lock));
            await assert.rejects(
                recoverStack(makeLook({ backend: { isSelfManaged: true, folder } })),
                /locked by process 7 of olga on laptop/,
            );
        }));
});
