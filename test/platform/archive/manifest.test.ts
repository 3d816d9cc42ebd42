import assert from "node:assert/strict";
import { parseHead, parseManifest } from "../../../platform/archive/manifest";
import { rest } from "../../support/backup-archive";

describe("the manifest of a backup", () => {
    it("is read whole, and what is wrong with it is named", () => {
        const manifest = {
            ...rest,
            parts: { "repositories/7": { entries: 1, bytes: 2, sha256: "x" } },
            sequences: { users_id_seq: 7, outbox_id_seq: null },
        };
        assert.deepEqual(parseManifest(JSON.stringify(manifest)), manifest);
        assert.throws(
            () => parseManifest(JSON.stringify({ ...manifest, tables: { users: "many" } })),
            /manifest\.json: tables\.users/,
        );
        assert.throws(() => parseManifest("{"), { code: "backup-damaged" });
    });

    it("begins with what a reader has to know first", () => {
        assert.equal(parseHead(JSON.stringify({ ...rest, later: true })).migration, "0001-initial");
        assert.throws(() => parseHead(JSON.stringify({ ...rest, format: 0 })), { code: "backup-damaged" });
        assert.throws(() => parseHead(JSON.stringify({ ...rest, format: 99 })), { code: "backup-newer" });
    });
});
