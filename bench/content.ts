import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { nouns } from "../provider/nouns/nouns";
import { Lifecycle } from "../provider/protocol/lifecycle";
import { Run } from "../provider/run/run";
import { Api } from "../test/support/api";
import { mustGit } from "../test/support/git";
import { signUpOffline } from "../test/support/offline";
import { startOlderEndpoint } from "../test/support/older-endpoint";
import { spawnPlatform, withFolder } from "../test/support/platform";

import { median, printCount, printFigure, timed } from "./figures";

const { usedSeconds: readUsedSeconds }: { usedSeconds(): number } = require("../tools/used-seconds.cjs");

const rounds = 15;
const fileCount = 20;

function filesOf(round: number): Record<string, string> {
    return Object.fromEntries(
        Array.from({ length: fileCount }, (_, index) => [
            `varnish/part-${index}.vcl`,
            `vcl 4.0;\n# round ${round}, part ${index}\n${"# filler\n".repeat(200)}`,
        ]),
    );
}

/** Clones, commits and pushes the files of a round by hand. */
async function pushByHand(folder: string, token: string, gitUrl: string, round: number): Promise<void> {
    const clone = path.join(folder, `clone-${round}`);
    const git = (...args: string[]) => mustGit(clone, token, ...args);
    await mustGit(folder, token, "clone", "--quiet", "--depth", "1", "--branch", "Production", gitUrl, clone);
    await mkdir(path.join(clone, "varnish"), { recursive: true });
    for (const [file, text] of Object.entries(filesOf(round))) await writeFile(path.join(clone, file), text);
    await git("add", "--all");
    await git("commit", "--quiet", "--message", "by hand");
    await git("push", "--quiet");
}

/** An environment through the provider at an endpoint: `ensure` gives it the files of a round. */
async function openEnvironment(endpoint: string, token: string, application: string) {
    const values: Record<string, string> = { "section-provider:endpoint": endpoint, "section-provider:token": token };
    const environment = new Lifecycle(nouns.environment, new Run());
    await environment.configure({ config: { get: (key) => values[key] } });
    const declared = (round: number) => ({ application, name: "Production", config: filesOf(round) });
    let { id, outs } = await environment.create(declared(0));
    return async (round: number) => {
        outs = (await environment.update(id, outs, declared(round))).outs as typeof outs;
    };
}

const ways = [
    { name: "by request", most: 0.3 },
    { name: "by git", most: 1.3 },
];

/** An environment's content through the provider in both ways, beside clone, commit and push by hand. */
export async function benchContent(): Promise<void> {
    await withFolder(async (folder) => {
        const token = await signUpOffline(`${folder}/platform`, "olga@agency.example");
        const platform = await spawnPlatform(`${folder}/platform`);
        const older = await startOlderEndpoint(platform.url, "environment.commit");
        const api = new Api(platform.url, token);
        const byHand = await api.makeSite("By hand", "hand.acme.example");
        for (const [index, { name, most }] of ways.entries()) {
            const { account, application } = await api.makeSite(`Acme ${name}`, `site-${index}.acme.example`);
            const endpoint = name === "by git" ? older.url : platform.url;
            const ensure = await openEnvironment(endpoint, token, `${account}/${application}`);
            const [ours, floor]: [number[], number[]] = [[], []];
            let usedSeconds = 0;
            for (let round = 1; round <= rounds; round += 1) {
                floor.push(await timed(() => pushByHand(folder, token, byHand.gitUrl, index * 1000 + round)));
                const before = readUsedSeconds();
                ours.push(await timed(() => ensure(round)));
                usedSeconds += readUsedSeconds() - before;
            }
            printFigure({
                name: `an environment of ${fileCount} files, ${name}`,
                ours: median(ours),
                floor: median(floor),
                unit: "ms",
                target: { most },
            });
            printCount(`  CPU on both sides, ${name}`, (usedSeconds / rounds) * 1000, "ms");
        }
        await older.close();
        await platform.stop();
    });
}
