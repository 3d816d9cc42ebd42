import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { chmod, mkdir, readdir, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { repositoryFolder } from "../../platform/git/repository-folder";
import { inspectRepository } from "../../platform/git/upkeep/inspect-repository";
import { tidyRules } from "../../platform/git/upkeep/tidy-repository";
import { checkConsistency } from "../../platform/service/consistency";
import { restoreBackup } from "../../platform/service/restore";
import { addToken } from "../../platform/service/tokens";
import { alterBackup } from "../support/altered-backup";
import { change, makeOwner, makeSite, makeStaging, type OpenData, openData, takeBackup } from "../support/backups";
import { Choices, seed } from "../support/choices";
import { git, mustGit } from "../support/git";
import { type ListeningServer, startListening } from "../support/listening-server";
import { withFolder } from "../support/platform";
import { type Visitor, visitorWith } from "../support/visitor";

const tidyAtOnce = {
    ...tidyRules,
    mostLoose: 0,
    mostPacks: 0,
    mostReferences: 0,
    pruneEveryMs: 0,
    expiryMs: 0,
    quietMs: 0,
};

/** A file of a repository: its text, or where a symbolic link leads. */
type Planted = string | { symlink: string };

/** A way to have git run a command that makes the file `marker`. */
interface Trick {
    name: string;
    /** Files of the repository, by name. */
    files(marker: string, folder: string): Record<string, Planted>;
    /** What git by itself falls for it with. */
    fallsFor: readonly string[];
    /** A restore leaves it out and says so; else it refuses the archive. */
    isSkipped?: true;
}

const core = "[core]\n\tbare = true\n\trepositoryformatversion = 1\n";
const promisor = (marker: string) =>
    `[extensions]\n\tpartialClone = origin\n[remote "origin"]\n\turl = ext::sh -c touch% ${marker}\n\tpromisor = true\n[protocol "ext"]\n\tallow = always\n`;
const readMissing = ["cat-file", "-p", "1".repeat(40)];
const script = (marker: string) => `#!/bin/sh\ntouch ${marker}\n`;
const hookNames = ["reference-transaction", "pre-auto-gc", "post-update", "update", "pre-receive", "post-index-change"];
const writeReference = ["update-ref", "refs/heads/x", "HEAD"];

const tricks: readonly Trick[] = [
    {
        name: "a partial clone with an ext:: remote",
        files: (marker) => ({ config: core + promisor(marker) }),
        fallsFor: readMissing,
        isSkipped: true,
    },
    {
        name: "commands of transports, of the index and of packing in the configuration",
        files: (marker) => ({
            config: `${core}\tfsmonitor = touch ${marker}\n\tsshCommand = touch ${marker}\n\teditor = touch ${marker}\n\tpager = touch ${marker}\n[uploadpack]\n\tpackObjectsHook = touch ${marker}; true\n[gc]\n\trecentObjectsHook = touch ${marker}\n[gpg]\n\tprogram = touch ${marker}\n[diff]\n\texternal = touch ${marker}; true\n`,
        }),
        fallsFor: ["diff", "--ext-diff", "Production~1", "Production"],
        isSkipped: true,
    },
    {
        name: "a configuration that includes another file of the archive",
        files: (marker, folder) => ({
            config: `${core}[include]\n\tpath = ${folder}/included\n`,
            included: promisor(marker),
        }),
        fallsFor: readMissing,
    },
    {
        name: "hooks of a folder that the configuration names",
        files: (marker, folder) => ({
            config: `${core}\thooksPath = ${folder}/mine\n`,
            ...Object.fromEntries(hookNames.map((name) => [`mine/${name}`, script(marker)])),
        }),
        fallsFor: writeReference,
    },
    {
        name: "hooks",
        files: (marker) => Object.fromEntries(hookNames.map((name) => [`hooks/${name}`, script(marker)])),
        fallsFor: writeReference,
    },
    {
        name: "a symbolic link to a folder of hooks",
        files: (_marker, folder) => ({ hooks: { symlink: `${folder}/elsewhere` } }),
        fallsFor: writeReference,
    },
    {
        name: "attributes with a program that shows differences",
        files: (marker) => ({
            "info/attributes": "* diff=evil\n",
            config: `${core}[diff "evil"]\n\ttextconv = touch ${marker}; cat\n\tcommand = touch ${marker}; true\n`,
        }),
        fallsFor: ["log", "-p", "Production"],
    },
    {
        name: "the configuration of a worktree",
        files: (marker) => ({
            config: `${core}[extensions]\n\tworktreeConfig = true\n`,
            "config.worktree": promisor(marker),
        }),
        fallsFor: readMissing,
    },
    {
        name: "another repository as the common one",
        files: (marker, folder) => ({
            commondir: `${folder}/common\n`,
            "common/config": core + promisor(marker),
            "common/HEAD": "ref: refs/heads/Production\n",
            "common/refs/heads/.keep": "",
            "common/objects/.keep": "",
        }),
        fallsFor: readMissing,
    },
    {
        name: "alternates with a command that lists their references",
        files: (marker, folder) => ({
            config: `${core}\talternateRefsCommand = touch ${marker}; true\n`,
            "objects/info/alternates": `${folder}/other/objects\n`,
            "other/HEAD": "ref: refs/heads/Production\n",
            "other/objects/.keep": "",
            "other/refs/heads/.keep": "",
        }),
        fallsFor: ["receive-pack", "--advertise-refs", "."],
    },
];

/** Puts the files of a trick into a repository by hand, as a restore once did. */
async function plant(gitDir: string, { files }: Trick, marker: string): Promise<void> {
    for (const [name, content] of Object.entries(files(marker, gitDir))) {
        const file = path.join(gitDir, name);
        await rm(file, { recursive: true, force: true });
        await mkdir(path.dirname(file), { recursive: true });
        if (typeof content === "string") {
            await writeFile(file, content);
            await chmod(file, content.startsWith("#!") ? 0o755 : 0o644);
        } else {
            await mkdir(content.symlink, { recursive: true });
            for (const hook of hookNames) {
                await writeFile(path.join(content.symlink, hook), script(marker));
                await chmod(path.join(content.symlink, hook), 0o755);
            }
            await symlink(content.symlink, file);
        }
    }
}

interface Source {
    bytes: Buffer;
    accountId: number;
    /** One for each trick. */
    applicationIds: number[];
    /** An object that nobody but this one has, and every reader needs, as the name of its file. */
    needed: string[];
    owner: number;
}

/** People and the platform at work on restored repositories. */
class Work {
    acts = 0;

    private constructor(
        private readonly data: OpenData,
        private readonly running: ListeningServer,
        private readonly token: string,
        private readonly visitor: Visitor,
        private readonly source: Source,
        private readonly choices: Choices,
    ) {}

    static async begin(data: OpenData, source: Source, choices: Choices): Promise<Work> {
        const running = await startListening({ userRequestsPerMinute: 0 }, { context: data.context });
        const { token } = await addToken(data.context, { userId: source.owner, description: "x" });
        return new Work(data, running, token, await visitorWith(running.url, token), source, choices);
    }

    /**
     * Does whatever reads or writes a repository, in an order of its own each time. That it fails is no fault here.
     *
     * @param before done before each act: tidying takes a configuration away
     */
    async doAll(applicationId: number, before = async () => {}): Promise<void> {
        const rest = this.#actsOn(applicationId);
        while (rest.length > 0) {
            const [act] = rest.splice(this.choices.below(rest.length), 1);
            await before();
            await act?.().catch(() => {});
            this.acts += 1;
        }
    }

    end(): Promise<void> {
        return this.running.close();
    }

    #actsOn(applicationId: number): (() => Promise<unknown>)[] {
        const { data, token, visitor, running } = this;
        const { repositories } = data.context;
        const at = `/account/${this.source.accountId}/application/${applicationId}`;
        const production = `${at}/environment/Production`;
        const address = `${running.url}${at}/x.git`;
        const ask = async (path: string, init: RequestInit = {}) => {
            const answer = await fetch(`${running.url}/api/v1${path}`, {
                headers: { "section-token": token },
                ...init,
            });
            await answer.arrayBuffer();
        };
        const cloneAndPush = () =>
            withFolder(async (folder) => {
                await git(folder, token, "clone", "--quiet", "-b", "Staging", address, "x");
                const checkout = path.join(folder, "x");
                if (!existsSync(checkout)) return;
                await git(checkout, undefined, "commit", "--quiet", "--allow-empty", "--message", "x");
                await git(checkout, token, "push", "--quiet");
            });
        return [
            cloneAndPush,
            () => withFolder((folder) => git(folder, token, "clone", "--bare", address, "x")),
            () => visitor.get(`${production}/file/note.txt`),
            () => visitor.get(at),
            () => visitor.get(production),
            () => visitor.get(`${at}/compare/Production/Staging`),
            () => ask(`${production}/commits`),
            () => ask(production),
            () => ask(`${production}/ipRestrictions`, { method: "POST", body: '{"ip_blacklist":["192.0.2.9"]}' }),
            () => repositories.tidy(applicationId, tidyAtOnce),
            () => inspectRepository(repositories.git, repositories.folder({ accountId: 0, applicationId })),
        ];
    }
}

const folderIn = (dataDir: string, applicationId: number) =>
    repositoryFolder(path.join(dataDir, "repositories"), applicationId);

/** Git asks a remote for an object that it misses. */
const lacksObject = ({ fallsFor }: Trick) => fallsFor === readMissing;

describe("a restored backup", () => {
    let source: Source;
    before(() =>
        withFolder(async (dataDir) => {
            const data = await openData({ dataDir });
            const owner = await makeOwner(data.context);
            const applicationIds: number[] = [];
            for (const _ of tricks) {
                const { id } = await makeSite(data.context, owner);
                const key = { accountId: owner.accountId, applicationId: id };
                const note = Buffer.from(`Only application ${id} has this.\n`);
                const commit = { author: { name: "Olga", email: "olga@agency.example" }, message: "a note" };
                await data.context.repositories.edit(
                    key,
                    "Production",
                    commit,
                    async () => new Map([["note.txt", note]]),
                );
                await makeStaging(data.context, owner, id);
                for (let count = 0; count < 2; count += 1) await change(data.context, owner, id);
                applicationIds.push(id);
            }
            const bytes = await takeBackup(data);
            const needed: string[] = [];
            for (const id of applicationIds) {
                const gitDir = folderIn(dataDir, id);
                const blob = await mustGit(gitDir, undefined, "rev-parse", "Production:note.txt");
                needed.push(`objects/${blob.slice(0, 2)}/${blob.slice(2).trim()}`);
            }
            source = { bytes, accountId: owner.accountId, applicationIds, needed, owner: owner.caller.userId };
            await data.close();
        }),
    );

    it("runs no command, whatever its archive has, and would run none if an older platform had taken it", () =>
        withFolder(async (folder) => {
            const choices = new Choices(seed);
            const counted = { refused: 0, skipped: 0, acts: 0, live: 0 };
            const markerOf = (index: number) => path.join(folder, `owned-${index}`);
            const requireNone = () =>
                readdir(folder).then((names) =>
                    assert.deepEqual(
                        names.filter((name) => name.startsWith("owned-")),
                        [],
                    ),
                );
            for (const [index, trick] of tricks.entries()) {
                const dataDir = path.join(folder, `data-${index}`);
                const applicationId = source.applicationIds[index] as number;
                const evil = await alterBackup(source.bytes, (content) => {
                    if (lacksObject(trick))
                        assert.ok(content.delete(`repositories/${applicationId}/${source.needed[index]}`));
                    for (const [name, file] of Object.entries(
                        trick.files(markerOf(index), folderIn(dataDir, applicationId)),
                    ))
                        content.set(
                            `repositories/${applicationId}/${name}`,
                            typeof file === "string" ? Buffer.from(file) : file,
                        );
                });
                const skipped: string[] = [];
                const restored = restoreBackup(Readable.from([evil]), {
                    dataDir,
                    onSkipped: (what) => skipped.push(what),
                });
                if (trick.isSkipped) {
                    await restored;
                    assert.deepEqual(skipped, [
                        `the configuration of repository ${applicationId}: the platform writes its own`,
                    ]);
                    counted.skipped += 1;
                    const data = await openData({ dataDir });
                    const work = await Work.begin(data, source, choices);
                    await work.doAll(applicationId);
                    counted.acts += work.acts;
                    await work.end();
                    await checkConsistency(data.context);
                    await data.close();
                } else {
                    await assert.rejects(restored, { code: "backup-damaged" }, trick.name);
                    assert.deepEqual(await readdir(dataDir), [], trick.name);
                    counted.refused += 1;
                }
                await requireNone();
                await rm(dataDir, { recursive: true });
            }
            const dataDir = path.join(folder, "data");
            await restoreBackup(Readable.from([source.bytes]), { dataDir });
            const data = await openData({ dataDir });
            const work = await Work.begin(data, source, choices);
            for (const [index, trick] of tricks.entries()) {
                const applicationId = source.applicationIds[index] as number;
                const gitDir = folderIn(dataDir, applicationId);
                if (lacksObject(trick)) await rm(path.join(gitDir, source.needed[index] as string));
                await work.doAll(applicationId, () => plant(gitDir, trick, markerOf(index)));
                await requireNone();
            }
            counted.acts += work.acts;
            await work.end();
            await data.close();
            for (const [index, trick] of tricks.entries()) {
                const gitDir = folderIn(dataDir, source.applicationIds[index] as number);
                await plant(gitDir, trick, markerOf(index));
                await git(gitDir, undefined, ...trick.fallsFor);
                assert.ok(existsSync(markerOf(index)), `git by itself does not fall for: ${trick.name}`);
                counted.live += 1;
            }
            assert.equal(counted.live, 10);
            console.log(
                `      seed ${seed}: ${counted.live} archives (${counted.refused} refused, ${counted.skipped} restored without the trick), ` +
                    `${counted.live} repositories with the trick put there by hand, ${counted.acts} fetches, pushes, pages, lists and tidyings: ` +
                    `0 commands run; git by itself ran ${counted.live}`,
            );
        }));
});
