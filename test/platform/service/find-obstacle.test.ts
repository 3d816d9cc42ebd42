import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openRepositories } from "../../../platform/git/repositories";
import { findObstacle } from "../../../platform/service/find-obstacle";
import { openStore } from "../../../platform/store/store";
import { sharedContext } from "../../support/context";
import { freshStoreOptions } from "../../support/stores";

describe("what keeps the platform from working", () => {
    it("is the database that does not answer", async () => {
        const context = await sharedContext();
        assert.equal(await findObstacle(context), undefined);
        const store = await openStore(await freshStoreOptions("PGlite"));
        await store.close();
        assert.equal(await findObstacle({ ...context, store }), "the database does not answer");
    });

    it("is a database that hangs", async () => {
        const context = await sharedContext();
        const hold = context.store.transact(() => sleep(500)); // the embedded database has one connection
        assert.equal(await findObstacle(context, 100), "the database does not answer");
        await hold;
        assert.equal(await findObstacle(context), undefined);
    });

    it("is a disk that takes nothing", async () => {
        const context = await sharedContext();
        const repositories = await openRepositories({ root: await mkdtemp(path.join(tmpdir(), "section-test-")) });
        assert.equal(await findObstacle({ ...context, repositories }), undefined);
        await rm(repositories.options.root, { recursive: true });
        assert.equal(await findObstacle({ ...context, repositories }), "the disk cannot be written to (ENOENT)");
        await repositories.close();
    });
});
