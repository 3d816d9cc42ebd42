import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import path from "node:path";
import type { Head } from "../../../../platform/git/objects/object-format";
import { checkCommit } from "../../../../platform/git/push/check-commit";
import { makeRequestedCommit } from "../../../../platform/git/push/requested-commit";
import { author, files, key, withRepository } from "../../../support/repository";

const rules = { environments: [], imageExists: () => true };

describe("a commit in a request", () => {
    it("tells what it moved once, and leaves nothing of what is refused", () =>
        withRepository(async (repositories) => {
            const { commit: expected } = (await repositories.head(key, "Production")) as Head;
            const told: unknown[] = [];
            const make = (content: Record<string, string | null>, maxPackBytes = 10_000) =>
                makeRequestedCommit(repositories, {
                    key,
                    branch: "Production",
                    expected,
                    files: files(content),
                    author,
                    message: "edit",
                    rules,
                    maxPackBytes,
                    onAccepted: async (updates) => void told.push(...updates),
                });
            const objects = async () =>
                (await readdir(path.join(repositories.folder(key), "objects"), { recursive: true })).sort();
            const before = await objects();
            const config = `{"proxychain":[],"environments":{"Production":{"origin":{"address":"192.0.2.1"}}}}`;
            await assert.rejects(make({ "b.txt": "b" }), {
                code: "push-refused",
                lines: ["branch Production has no section.config.json"],
            });
            await assert.rejects(make({ "section.config.json": config }, 100), { code: "body-too-large" });
            assert.deepEqual([await objects(), told], [before, []]);
            const made = await make({ "section.config.json": config });
            assert.deepEqual(await make({ "section.config.json": config }), { head: made.head, lines: [] });
            assert.deepEqual(told, [{ branch: "Production", before: expected, after: made.head.commit }]);
            const checked = { rules, received: 0 };
            const { problems } = await checkCommit(repositories.objects(key), "Production", made.head.commit, checked);
            assert.deepEqual(problems, []);
        }));
});
