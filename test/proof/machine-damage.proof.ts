import assert from "node:assert/strict";
import { cp, readdir, readFile, rename, rm, stat, truncate } from "node:fs/promises";
import path from "node:path";
import { sql } from "kysely";
import { repositoryFolder } from "../../platform/git/repository-folder";
import { openStore } from "../../platform/store/store";
import { mustGit } from "../support/git";
import { platformCommand, signUpOffline } from "../support/offline";
import { spawnPlatform, withFolder } from "../support/platform";
import { SiteWriter } from "./machine/site-writer";
import { listFindings, mustBeSound } from "./machine/until-ready";

const email = "olga@agency.example";
const saysDamage = (_status: number, words: string) => /damaged/.test(words);

interface Case {
    /** Packs objects and references first. */
    isPacked?: boolean;
    /** The file in the repository that is cut off. */
    find(gitDir: string): Promise<string>;
    /** How much of it stays. */
    keeps: number;
    kind: RegExp;
}

const firstIn = async (folder: string, ending: string) =>
    path.join(folder, (await readdir(folder)).find((name) => name.endsWith(ending)) ?? "");

const blobOf = async (gitDir: string) => {
    const oid = (await mustGit(gitDir, undefined, "rev-parse", "Production:section.config.json")).trim();
    return path.join(gitDir, "objects", oid.slice(0, 2), oid.slice(2));
};

const cases: Record<string, Case> = {
    "an object": { find: blobOf, keeps: 0.5, kind: /^object-damaged: object [0-9a-f]{40} in / },
    "an empty object": { find: blobOf, keeps: 0, kind: /^object-damaged: object [0-9a-f]{40} in / },
    "a pack": {
        isPacked: true,
        find: (gitDir) => firstIn(path.join(gitDir, "objects/pack"), ".pack"),
        keeps: 0.5,
        kind: /^object-damaged: /,
    },
    "the index of a pack": {
        isPacked: true,
        find: (gitDir) => firstIn(path.join(gitDir, "objects/pack"), ".idx"),
        keeps: 0.3,
        kind: /^object-damaged: /,
    },
    "a reference": {
        find: async (gitDir) => path.join(gitDir, "refs/heads/Production"),
        keeps: 0.5,
        kind: /^reference-damaged: .*refs\/heads\/Production is damaged/,
    },
    "packed references": {
        isPacked: true,
        find: async (gitDir) => path.join(gitDir, "packed-refs"),
        keeps: 0.9,
        kind: /^reference-damaged: .*packed-refs is damaged/,
    },
    HEAD: {
        find: async (gitDir) => path.join(gitDir, "HEAD"),
        keeps: 0,
        kind: /^reference-damaged: .*HEAD is damaged/,
    },
};

describe("a file that is cut off", () => {
    it("in a repository is told to who needs it and to nobody else, named by check, and all is well once it is back", () =>
        withFolder(async (folder) => {
            const data = path.join(folder, "data");
            const token = await signUpOffline(data, email);
            let platform = await spawnPlatform(data);
            try {
                const port = Number(new URL(platform.url).port);
                const sound = await SiteWriter.begin(platform.url, token, folder, "sound");
                const sites: { name: string; writer: SiteWriter; file: string; damaged: Case }[] = [];
                for (const [index, [name, damaged]] of Object.entries(cases).entries()) {
                    const writer = await SiteWriter.begin(platform.url, token, folder, `site${index}`);
                    await writer.step(); // objects in files of their own
                    writer.mayAnswer = saysDamage;
                    const gitDir = repositoryFolder(path.join(data, "repositories"), writer.application);
                    if (damaged.isPacked) {
                        await mustGit(gitDir, undefined, "repack", "-a", "-d", "-q");
                        await mustGit(gitDir, undefined, "pack-refs", "--all", "--prune");
                    }
                    sites.push({ name, writer, damaged, file: await damaged.find(gitDir) });
                }
                await sound.step();
                // new files: an object may be one file in several repositories
                for (const { file, damaged } of sites) {
                    await rename(file, `${file}.whole`);
                    await cp(`${file}.whole`, file);
                    await truncate(file, Math.floor((await stat(file)).size * damaged.keeps));
                }
                for (const { writer } of sites) await writer.step();
                await sound.step();
                await platform.stop();
                const found = (await listFindings(data)).split("\n");
                for (const { name, file, damaged } of sites) {
                    const gitDir = file.slice(0, file.indexOf(".git") + 4);
                    const named = found.filter((line) => line.includes(gitDir));
                    assert.ok(
                        named.some((line) => damaged.kind.test(line)),
                        `${name}: ${found.join("\n")}`,
                    );
                    assert.ok(/damaged/.test(found.join()), "a remedy");
                }
                assert.ok(
                    found.some((line) => /^ {2}.*docs\/operating\.md/.test(line)),
                    "no remedy is named",
                );
                assert.ok(
                    !found.some((line) => line.includes(`/${sound.application}.git`)),
                    "nothing of the sound one",
                );
                for (const { file } of sites) await rename(`${file}.whole`, file);
                await mustBeSound(data);
                platform = await spawnPlatform(data, { port });
                const lost: string[] = [];
                for (const { name, writer } of sites) {
                    const before = writer.counts.refused;
                    await writer.step();
                    assert.equal(writer.counts.refused, before, `${name}: ${writer.counts.faults.join("\n")}`);
                    lost.push(...(await writer.listLost()));
                }
                lost.push(...(await sound.listLost()));
                const faults = [...sites.map(({ writer }) => writer), sound].flatMap(({ counts }) => counts.faults);
                const refused = sites.reduce((sum, { writer }) => sum + writer.counts.refused, 0);
                console.log(
                    `      ${sites.length} files cut off (${Object.keys(cases).join(", ")}): ${refused} refused with words, ${faults.length} without, ` +
                        `${sound.counts.refused} of the site beside them; each named by check; ${lost.length} lost once they are back`,
                );
                assert.deepEqual(faults, []);
                assert.equal(sound.counts.refused, 0);
                assert.deepEqual(lost, []);
            } finally {
                await platform.kill();
            }
        }));

    it("of the database is named by check or at the start, and a backup brings everything back", () =>
        withFolder(async (folder) => {
            const data = path.join(folder, "data");
            const token = await signUpOffline(data, email);
            const platform = await spawnPlatform(data);
            const writer = await SiteWriter.begin(platform.url, token, folder);
            await writer.step();
            await platformCommand(data, "backup", path.join(folder, "backup.tar.gz"));
            await platform.stop();
            const store = await openStore({ dataDir: data, isRaw: true });
            const { rows } = await sql<{ file: string }>`select pg_relation_filepath('domains') as file`.execute(
                store.database,
            );
            await store.close();
            const table = rows[0]?.file ?? "";
            const files: Record<string, { name: string; keeps: number; words: RegExp }> = {
                "a table": { name: table, keeps: 0.4, words: /^table-damaged: table domains cannot be read: / },
                "a table, at the edge of a page": { name: table, keeps: 0, words: /^table-damaged: table domains / },
                "the control file": {
                    name: "global/pg_control",
                    keeps: 0.01,
                    words: /the embedded database in .* cannot be opened: /,
                },
                "the log": { name: "pg_wal", keeps: 0.001, words: /the embedded database in .* cannot be opened: / },
            };
            const named: string[] = [];
            for (const [what, { name, keeps, words }] of Object.entries(files)) {
                const damaged = path.join(folder, "damaged");
                await rm(damaged, { recursive: true, force: true });
                await cp(data, damaged, { recursive: true });
                const place = path.join(damaged, "database", name);
                const file = name === "pg_wal" ? await firstIn(place, "1") : place;
                await truncate(file, Math.floor((await stat(file)).size * keeps));
                const said = await listFindings(damaged);
                assert.ok(
                    said.split("\n").some((line) => words.test(line.replace(/^section-platform: /, ""))),
                    `${what}: ${said}`,
                );
                assert.match(said, /operating\.md/, what);
                named.push(what);
            }
            const restored = path.join(folder, "restored");
            await platformCommand(restored, "restore", path.join(folder, "backup.tar.gz"));
            await mustBeSound(restored);
            const again = await spawnPlatform(restored);
            const lost = await writer.listLost(again.url);
            await again.stop();
            console.log(
                `      cut off: ${named.join(", ")}: each named with a remedy; ${lost.length} lost once the backup is restored`,
            );
            assert.deepEqual(lost, []);
            assert.ok((await readFile(path.join(folder, "backup.tar.gz"))).length > 0);
        }));
});
