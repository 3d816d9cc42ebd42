import assert from "node:assert/strict";
import { blobIdOf } from "../../../../client/repository/blob-id";
import type { Checkout } from "../../../../client/repository/repository";
import {
    managesAnything,
    observeContent,
    observeRemembered,
    rememberContent,
} from "../../../../provider/nouns/environment/content";
import { planEdits, planKnownEdits } from "../../../../provider/nouns/environment/plan-edits";
import { Memory } from "../../../../provider/run/memory";

/** A branch with these files, without git. */
function branch(files: Record<string, string>): Checkout {
    return {
        files: new Map(Object.entries(files).map(([path, text]) => [path, blobIdOf(text)])),
        read: async (path: string) => (files[path] === undefined ? undefined : Buffer.from(files[path])),
    } as unknown as Checkout;
}

const config = {
    zebra: 1,
    proxychain: [{ name: "varnish", image: "varnish:6.0.0", colour: 1 }],
    environments: {
        Staging: { origin: { address: "a.example", stranger: 1 }, note: 1 },
        Production: { origin: { address: "p.example" } },
    },
};
const memory = new Memory();
const text = JSON.stringify(config, undefined, 4);

describe("the content of an environment", () => {
    it("is written over what is there: declared things change, strangers and other environments stay", async () => {
        const edits = await planEdits(
            branch({ "section.config.json": text }),
            "Staging",
            {
                origin: { address: "b.example", enableSni: true },
                origins: { cdn: { address: "c.example" } },
                proxyChain: [{ name: "varnish", image: "varnish:6.3.1" }],
                ipBlacklist: ["192.0.2.1"],
            },
            {},
            { memory },
        );
        assert.deepEqual(JSON.parse(edits.get("section.config.json") as string), {
            zebra: 1,
            proxychain: [{ name: "varnish", image: "varnish:6.3.1", colour: 1 }],
            environments: {
                Staging: {
                    origin: { address: "b.example", stranger: 1, enable_sni: true },
                    note: 1,
                    alternate_origins: { cdn: { address: "c.example" } },
                    ip_blacklist: ["192.0.2.1"],
                },
                Production: { origin: { address: "p.example" } },
            },
        });
    });

    it("files are written where they differ and removed where they were ours", async () => {
        const there = branch({ "section.config.json": text, "a.txt": "a", "b.txt": "b", "theirs.txt": "t" });
        const before = rememberContent({ config: { "a.txt": "a", "gone.txt": "g", "b.txt": "b" } });
        const edits = await planEdits(there, "Staging", { config: { "a.txt": "a", "c.txt": "c" } }, before, {
            memory,
        });
        assert.deepEqual(
            [...edits],
            [
                ["c.txt", "c"],
                ["b.txt", null],
            ],
        );
        assert.equal((await planEdits(there, "Staging", {}, {}, { memory })).size, 0);
    });

    it("a branch that is as remembered is changed without a look, unless that needs files that nobody remembers", () => {
        const content = { origin: { address: "a.example" }, config: { "a.txt": "a", "b.txt": "b" } };
        const before = rememberContent(content);
        const plan = (wanted: Parameters<typeof planKnownEdits>[0], known = before) =>
            planKnownEdits(wanted, known, memory);
        assert.deepEqual(
            [...(plan({ ...content, config: { "a.txt": "a", "c.txt": "c" } }) ?? [])],
            [
                ["c.txt", "c"],
                ["b.txt", null],
            ],
        );
        assert.equal(plan(content)?.size, 0);
        for (const wanted of [{ origin: { address: "b.example" } }, { origin: undefined }, { ipBlacklist: [] }])
            assert.equal(plan({ ...content, ...wanted }), undefined);
        assert.equal(plan({ ...content, ownership: "complete" }), undefined);
        assert.equal(plan(content, { ...before, ownership: "complete" }), undefined);
        assert.equal(plan(content, { ...before, promote: "0".repeat(40) }), undefined);
    });

    it("a file never takes the place of a folder with files of others, nor the reverse", async () => {
        const plan = (files: Record<string, string>, config: Record<string, string>, ownership?: "complete") =>
            planEdits(
                branch({ "section.config.json": text, ...files }),
                "Staging",
                { config, ownership },
                {},
                { memory },
            );
        await assert.rejects(plan({ a: "theirs" }, { "a/b": "x" }), {
            code: "invalid-input",
            detail: "a/b cannot be written: branch Staging has a, and a cannot be a file and a folder",
        });
        await assert.rejects(plan({ "a/b": "theirs" }, { a: "x" }), /a cannot be written: branch Staging has a\/b/);
        assert.deepEqual([...(await plan({ "a/b": "theirs" }, { a: "x" }, "complete"))].length, 2);
    });

    it("what is observed is what was declared, when nobody changed it", async () => {
        const declared = {
            origin: { address: "a.example" },
            proxyChain: [{ name: "varnish", image: "varnish:6.0.0" }],
            config: { "a.txt": "a", "b.txt": "b" },
        };
        const observed = await observeContent(
            branch({ "section.config.json": text, "a.txt": "a", "b.txt": "changed" }),
            "Staging",
            rememberContent(declared),
        );
        assert.deepEqual(JSON.parse(JSON.stringify(observed)), {
            ...declared,
            config: { "a.txt": "a", "b.txt": "changed" },
        });
        const there = branch({ "section.config.json": text, "a.txt": "a", "b.txt": "changed", "c.txt": "theirs" });
        for (const known of [declared, { ...declared, ownership: "complete" as const }]) {
            const remembered = rememberContent(known);
            assert.deepEqual(
                await observeRemembered(there, "Staging", remembered),
                rememberContent(await observeContent(there, "Staging", remembered)),
            );
        }
        assert.ok(managesAnything(rememberContent(declared)) && !managesAnything(rememberContent({})));
    });

    it("that is owned completely loses what is not declared, but for what the platform and other tools need", async () => {
        const there = branch({
            "section.config.json": text,
            ".gitignore": "x",
            "a.txt": "a",
            "rogue.txt": "r",
            "app/.section-external-source.json": "{}",
            "app/deep/.section-external-source.json": "{}",
        });
        const wanted = { config: { "a.txt": "a" }, ownership: "complete" as const };
        const edits = await planEdits(there, "Staging", wanted, {}, { memory });
        assert.deepEqual(
            [...edits],
            [
                ["rogue.txt", null],
                ["app/deep/.section-external-source.json", null],
            ],
        );
        const observed = await observeContent(there, "Staging", rememberContent(wanted));
        assert.deepEqual(observed.undeclared?.["rogue.txt"], { bytes: 1, blob: blobIdOf("r") });
        assert.deepEqual([Object.keys(observed.undeclared ?? {}).length, observed.config], [2, wanted.config]);
        assert.equal(
            (await observeContent(there, "Staging", rememberContent({ config: wanted.config }))).undeclared,
            undefined,
        );
    });
});
