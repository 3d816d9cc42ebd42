import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { Api } from "../test/support/api";
import { mustGit } from "../test/support/git";
import { signUpOffline } from "../test/support/offline";
import { spawnPlatform, withFolder } from "../test/support/platform";
import { median, printFigure, timed } from "./figures";

const rounds = 15;
const atOnce = 64;

/** What a person's git does, beside git's own http-backend on the same content. */
export async function benchGit(): Promise<void> {
    await withFolder(async (folder) => {
        const token = await signUpOffline(`${folder}/platform`, "olga@agency.example");
        const platform = await spawnPlatform(`${folder}/platform`);
        const { gitUrl } = await new Api(platform.url, token).makeSite("Acme", "www.acme.example");
        const bare = path.join(folder, "floor.git");
        await mustGit(folder, token, "clone", "--quiet", "--bare", gitUrl, bare);
        await mustGit(bare, undefined, "config", "http.receivepack", "true");
        const below = spawn(process.execPath, ["--import", "tsx", "bench/http-backend.ts", folder], {
            stdio: ["ignore", "pipe", "inherit"],
        });
        const floorRoot = await new Promise<string>((resolve) =>
            createInterface(below.stdout).once("line", (line) => resolve(line.replace("listening on ", ""))),
        );
        const sides = { ours: { url: gitUrl, token }, floor: { url: `${floorRoot}/floor.git`, token } };
        const times: Record<string, { ours: number[]; floor: number[] }> = {};
        const note = (name: string, side: "ours" | "floor", ms: number) => {
            times[name] ??= { ours: [], floor: [] };
            times[name][side].push(ms);
        };
        for (let round = 0; round < rounds; round += 1) {
            for (const side of ["floor", "ours"] as const) {
                const { url } = sides[side];
                const clone = path.join(folder, `${side}-${round}`);
                note("ls-remote", side, await timed(() => mustGit(folder, token, "ls-remote", url)));
                note("clone", side, await timed(() => mustGit(folder, token, "clone", "--quiet", url, clone)));
                await writeFile(path.join(clone, "varnish", "note.txt"), `round ${round}\n`);
                await mustGit(clone, undefined, "add", "--all");
                await mustGit(clone, undefined, "commit", "--quiet", "--message", `round ${round}`);
                note("push", side, await timed(() => mustGit(clone, token, "push", "--quiet")));
            }
        }
        for (const [name, { ours, floor }] of Object.entries(times))
            printFigure({
                name: `git ${name}`,
                ours: median(ours),
                floor: median(floor),
                unit: "ms",
                target: { most: 1.1 },
            });
        const crowd = (side: "ours" | "floor") =>
            timed(() =>
                Promise.all(
                    Array.from({ length: atOnce }, (_, index) =>
                        mustGit(
                            folder,
                            token,
                            "clone",
                            "--quiet",
                            sides[side].url,
                            path.join(folder, `crowd-${side}-${index}`),
                        ),
                    ),
                ),
            );
        const floorMs = await crowd("floor");
        printFigure({
            name: `${atOnce} clones at once, all done`,
            ours: await crowd("ours"),
            floor: floorMs,
            unit: "ms",
            target: { most: 1.1 },
        });
        below.kill("SIGTERM");
        await platform.stop();
    });
}
