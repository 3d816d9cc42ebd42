import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import * as dynamic from "../provider/dynamic";
import { Api } from "../test/support/api";
import { mustGit } from "../test/support/git";
import { signUpOffline } from "../test/support/offline";
import { spawnPlatform, withFolder } from "../test/support/platform";
import { median, printFigure, timed } from "./figures";

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

/** An environment's content through the provider, beside clone, commit and push of the same files by hand. */
export async function benchContent(): Promise<void> {
    await withFolder(async (folder) => {
        const token = await signUpOffline(`${folder}/platform`, "olga@agency.example");
        const platform = await spawnPlatform(`${folder}/platform`);
        const { account, application, gitUrl } = await new Api(platform.url, token).makeSite(
            "Acme",
            "www.acme.example",
        );
        const values: Record<string, string> = {
            "section-provider:endpoint": platform.url,
            "section-provider:token": token,
        };
        await dynamic.environment.configure({ config: { get: (key) => values[key] } });
        const declared = (round: number) => ({
            application: `${account}/${application}`,
            name: "Production",
            config: filesOf(round),
        });
        let { id, outs } = await dynamic.environment.create(declared(0));
        const ours: number[] = [];
        const floor: number[] = [];
        for (let round = 1; round <= rounds; round += 1) {
            floor.push(
                await timed(async () => {
                    const clone = path.join(folder, `clone-${round}`);
                    await mustGit(
                        folder,
                        token,
                        "clone",
                        "--quiet",
                        "--depth",
                        "1",
                        "--branch",
                        "Production",
                        gitUrl,
                        clone,
                    );
                    await mkdir(path.join(clone, "varnish"), { recursive: true });
                    for (const [file, text] of Object.entries(filesOf(round + 0.5)))
                        await writeFile(path.join(clone, file), text);
                    await mustGit(clone, token, "add", "--all");
                    await mustGit(clone, token, "commit", "--quiet", "--message", "by hand");
                    await mustGit(clone, token, "push", "--quiet");
                }),
            );
            const { props } = await dynamic.environment.read(id, outs);
            const known = props as Record<string, unknown>;
            ours.push(
                await timed(async () => {
                    outs = (await dynamic.environment.update(id, known, declared(round))).outs as typeof outs;
                }),
            );
        }
        printFigure({
            name: `an environment of ${fileCount} files`,
            ours: median(ours),
            floor: median(floor),
            unit: "ms",
            target: { most: 1.5 },
        });
        await platform.stop();
    });
}
