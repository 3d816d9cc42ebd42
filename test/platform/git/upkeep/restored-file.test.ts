import assert from "node:assert/strict";
import { kindOfRestored, readRestored } from "../../../../platform/git/upkeep/restored-file";

const [one, other] = ["1".repeat(40), "2".repeat(40)];

describe("a file of a repository in a backup", () => {
    it("is an object, says where branches lead, or is a configuration", () => {
        const kinds: Record<string, ReturnType<typeof kindOfRestored>> = {
            [`objects/ab/${"c".repeat(38)}`]: "object",
            [`objects/pack/pack-${one}.pack`]: "object",
            [`objects/pack/pack-${one}.idx`]: "object",
            HEAD: "head",
            "packed-refs": "packed-references",
            "refs/heads/dev/feature": "reference",
            "refs/tags/v1.0": "reference",
            config: "configuration",
        };
        for (const [name, kind] of Object.entries(kinds)) assert.equal(kindOfRestored(name), kind, name);
    });

    it("is nothing else", () => {
        const odd = [
            "hooks/post-update",
            "hooks/pre-receive.sample",
            "HOOKS/post-update",
            "Config",
            "config.worktree",
            "config.lock",
            "HEAD.lock",
            "commondir",
            "gitdir",
            "shallow",
            "info/attributes",
            "info/grafts",
            "objects/info/alternates",
            "objects/info/http-alternates",
            `objects/pack/pack-${one}.promisor`,
            `objects/pack/pack-${one}.mtimes`,
            "objects/pack/post-update",
            "objects/pack/multi-pack-index",
            "worktrees/x/gitdir",
            "modules/x/config",
            "logs/HEAD",
            "refs/heads",
            "refs/notes/x",
            `refs/replace/${one}`,
            "refs/heads/x.lock",
            "refs/heads/.x",
            "refs/heads/a..b",
            "refs/heads/a/",
            "refs/heads/a b",
            "",
        ];
        for (const name of odd) assert.equal(kindOfRestored(name), undefined, name);
    });

    it("gives references as the platform writes them, without those that are neither branches nor tags", () => {
        const packed = `# pack-refs with: peeled fully-peeled sorted \n${one} refs/tags/v1\n^${other}\n${other} refs/heads/ü\n`;
        assert.deepEqual(readRestored("packed-references", `${packed}${one} refs/replace/${other}\n`), {
            text: `# pack-refs with: sorted \n${other} refs/heads/ü\n${one} refs/tags/v1\n`,
            skipped: [`refs/replace/${other}`],
        });
        assert.deepEqual(readRestored("packed-references", ""), { text: "# pack-refs with: sorted \n", skipped: [] });
        assert.equal(readRestored("packed-references", "ref: refs/heads/x\n"), undefined);
        assert.equal(readRestored("head", "ref: refs/heads/Production")?.text, "ref: refs/heads/Production\n");
        for (const text of [one, "ref: refs/heads/../../config\n", "ref: /etc/passwd\n", "ref: refs/tags/v1\n", ""])
            assert.equal(readRestored("head", text), undefined, text);
        assert.equal(readRestored("reference", one)?.text, `${one}\n`);
        for (const text of ["ref: refs/heads/x\n", `${one} x`, ""])
            assert.equal(readRestored("reference", text), undefined, text);
    });
});
