import assert from "node:assert/strict";
import {
    formatCommit,
    formatTree,
    hashObject,
    parseCommit,
    parseTree,
} from "../../../../platform/git/objects/object-format";
import { mustGit } from "../../../support/git";
import { key, withRepository } from "../../../support/repository";

describe("git's objects", () => {
    it("have the ids that git gives them", () =>
        withRepository(async (repositories) => {
            const folder = repositories.folder(key);
            assert.equal(
                hashObject("blob", Buffer.from("a\n")),
                (await mustGit(folder, undefined, "rev-parse", "Production:a.txt")).trim(),
            );
            const { commit, tree } = (await repositories.head(key, "Production")) as { commit: string; tree: string };
            const { data } = await repositories.objects(key).read(commit);
            const parsed = parseCommit(commit, data);
            assert.deepEqual([parsed.tree, parsed.parents, parsed.message], [tree, [], "first"]);
        }));

    it("have a time, whatever whoever wrote them says", () => {
        const timeOf = (seconds: string) =>
            parseCommit(
                "1".repeat(40),
                Buffer.from(
                    `tree ${"2".repeat(40)}\nauthor a <a@b> ${seconds} +0000\ncommitter a <a@b> ${seconds} +0000\n\nodd`,
                ),
            ).committedAt;
        assert.equal(timeOf("1767322800").toISOString(), "2026-01-02T03:00:00.000Z");
        for (const seconds of ["9999999999999", "99999999999999999", "18446744073709551615"])
            assert.equal(timeOf(seconds).toISOString(), "9999-12-31T23:59:59.000Z", seconds);
        assert.equal(timeOf("-5").toISOString(), "1970-01-01T00:00:00.000Z");
    });

    it("are read back as they were written", () => {
        const oid = "1".repeat(40);
        const entries = [
            { mode: "40000", name: "b", oid },
            { mode: "100644", name: "b.txt", oid },
            { mode: "100755", name: "ä", oid },
        ];
        assert.deepEqual(
            parseTree(formatTree(entries))
                .map(({ name }) => name)
                .sort(),
            ["b", "b.txt", "ä"],
        );
        const signature = { name: "Åsa <x>\n", email: "a<b>@c" };
        const content = {
            tree: oid,
            parents: [oid, oid],
            author: signature,
            committer: { name: "S", email: "s@x" },
            message: "line one\n\nline two",
            date: new Date("2026-01-02T03:04:05Z"),
        };
        const parsed = parseCommit(oid, formatCommit(content));
        assert.deepEqual(
            [parsed.message, parsed.parents.length, parsed.committedAt.toISOString()],
            ["line one\n\nline two", 2, "2026-01-02T03:04:05.000Z"],
        );
        assert.doesNotMatch(parsed.author.name, /[<>\n]/, "nobody writes a header through a name");
    });
});
