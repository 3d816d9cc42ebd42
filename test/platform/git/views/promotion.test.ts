import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import path from "node:path";
import type { Head } from "../../../../platform/git/repositories";
import { promoteConfig, readPromotion } from "../../../../platform/git/views/promotion";
import { author, files, key, withRepository } from "../../../support/repository";

const proxy = (image: string) => [{ name: "varnish", image }];
const config = (image: string, environments: object, more: object = {}) =>
    JSON.stringify({ proxychain: proxy(image), environments, ...more }, undefined, 4);
const blocks = { Production: { origin: { address: "192.0.2.1" } }, Staging: { origin: { address: "192.0.2.2" } } };
const blocked = { ...blocks, Staging: { ...blocks.Staging, ip_blacklist: ["192.0.2.9"] } };

describe("what a promotion would change", () => {
    it("is of section.config.json the proxies and other keys, never an environment's block", () => {
        const own = config("varnish:6.3.1", blocks);
        assert.equal(promoteConfig(own, own, "Production"), undefined, "the same file stays as it is written");
        assert.equal(promoteConfig(config("varnish:6.3.1", blocked), own, "Production"), own);
        assert.equal(
            promoteConfig(config("varnish:7", blocked, { own: 1 }), own, "Production"),
            config("varnish:7", blocks, { own: 1 }),
        );
        assert.equal(
            promoteConfig(own, config("varnish:6.3.1", {}), "Production"),
            config("varnish:6.3.1", { Production: {} }),
            "the branch gets a block of its own, as the provider writes it",
        );
    });

    it("is compared line by line, and leaves nothing in the repository", () =>
        withRepository(
            async (repositories, root) => {
                const production = (await repositories.head(key, "Production")) as Head;
                await repositories.createBranch(
                    key,
                    "Staging",
                    "Production",
                    { author, message: "copy" },
                    () => new Map(),
                );
                const promote = async (content: Record<string, string>) => {
                    const promoted = await repositories.edit(key, "Staging", { author, message: "m" }, async () =>
                        files(content),
                    );
                    const objects = path.join(repositories.folder(key), "objects");
                    const before = await readdir(objects, { recursive: true });
                    const found = await readPromotion(repositories, key, promoted, {
                        name: "Production",
                        head: production,
                    });
                    assert.deepEqual(await readdir(objects, { recursive: true }), before, root);
                    return found.files.map(({ path: file, hunks }) => [
                        file,
                        ...hunks.flatMap(({ lines }) =>
                            lines
                                .filter(({ kind }) => kind !== "same")
                                .map(({ kind, text }) => `${kind} ${text.trim()}`),
                        ),
                    ]);
                };
                assert.deepEqual(await promote({ "section.config.json": config("varnish:6.3.1", blocked) }), []);
                assert.deepEqual(
                    await promote({ "section.config.json": config("varnish:7", blocked), "a.vcl": "2\n" }),
                    [
                        ["a.vcl", "removed 1", "added 2"],
                        ["section.config.json", 'removed "image": "varnish:6.3.1"', 'added "image": "varnish:7"'],
                    ],
                );
                assert.deepEqual(
                    await promote({ "section.config.json": "{", "a.vcl": "1\n" }).then((all) =>
                        all.map(([file]) => file),
                    ),
                    ["section.config.json"],
                    "what cannot be read is shown as it is",
                );
            },
            { "section.config.json": config("varnish:6.3.1", blocks), "a.vcl": "1\n" },
        ));
});
