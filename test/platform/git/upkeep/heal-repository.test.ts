import assert from "node:assert/strict";
import { utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { healRepository } from "../../../../platform/git/upkeep/heal-repository";
import { key, withRepository } from "../../../support/repository";

describe("housekeeping", () => {
    it("leaves what another process may be working on", () =>
        withRepository(async (repositories) => {
            const folder = repositories.folder(key);
            const old = path.join(folder, "packed-refs.lock");
            await writeFile(old, "");
            await utimes(old, new Date(0), new Date(0));
            await writeFile(path.join(folder, "HEAD.lock"), "");
            assert.equal(await healRepository(folder, 60_000), 1, "the old one only");
            assert.equal(await healRepository(folder), 1);
            assert.equal(await healRepository("/nonexistent"), 0);
        }));
});
