import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { platformCommand } from "./offline";
import { type RunningPlatform, startPlatform, withFolder } from "./platform";
import { engineVariables, openStack, stateFile, type TestStack } from "./stack";

const states = path.resolve("test/fixtures/states");
const endpoint = "{{endpoint}}";

/** The versions whose states are kept. */
export const listRecorded = (): Promise<string[]> => readdir(states);

function programOf(version: string): PulumiFn {
    return (require(path.join(states, version, "program.ts")) as { program: PulumiFn }).program;
}

async function open(folder: string, version: string, platform: RunningPlatform): Promise<TestStack> {
    return openStack({
        folder,
        program: programOf(version),
        environment: { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token },
    });
}

/**
 * Applies a version's program and keeps its results: Pulumi's state, and a backup of the platform. Once per release.
 */
export async function recordState(version: string): Promise<void> {
    await withFolder(async (folder) => {
        const dataDir = path.join(folder, "data");
        const platform = await startPlatform({ dataDir });
        await (await open(folder, version, platform)).up();
        await platform.close();
        const state = await readFile(stateFile(folder, "test"), "utf8");
        await writeFile(path.join(states, version, "state.json"), state.replaceAll(platform.url, endpoint));
        const backup = path.join(states, version, "platform.tar.gz");
        await platformCommand(dataDir, "backup", backup);
    });
}

/** A stack with a version's program and state, on a platform as that version left it. */
export async function openRecorded(
    folder: string,
    version: string,
): Promise<{ stack: TestStack; platform: RunningPlatform }> {
    const dataDir = path.join(folder, "data");
    const backup = path.join(folder, "platform.tar.gz");
    await cp(path.join(states, version, "platform.tar.gz"), backup);
    await platformCommand(dataDir, "restore", backup);
    const platform = await startPlatform({ dataDir });
    await engineVariables(folder); // makes the folder of the state
    const file = stateFile(folder, "test");
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(
        file,
        (await readFile(path.join(states, version, "state.json"), "utf8")).replaceAll(endpoint, platform.url),
    );
    return { stack: await open(folder, version, platform), platform };
}
