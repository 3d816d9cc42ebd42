import { readdir, readFile } from "node:fs/promises";

/** The processes of one run of the engine, by what they do. */
export const engineRoles = ["engine", "program", "provider"] as const;
export type EngineRole = (typeof engineRoles)[number];

const commands: Readonly<Record<EngineRole, RegExp>> = {
    engine: /^(\S*\/)?pulumi /,
    program: /^\S*node .*\/cmd\/run\b/,
    provider: /^\S*node .*\/dynamic-provider\b/,
};

interface Found {
    pid: number;
    parent: number;
    command: string;
}

async function listProcesses(): Promise<Found[]> {
    const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
    const all = await Promise.all(
        pids.map(async (pid): Promise<Found[]> => {
            const [stat, line] = await Promise.all(
                ["stat", "cmdline"].map((name) => readFile(`/proc/${pid}/${name}`, "latin1").catch(() => "")),
            );
            const parent = /^\d+ \(.*\) \S (\d+)/s.exec(stat ?? "")?.[1];
            if (parent === undefined) return [];
            return [{ pid: Number(pid), parent: Number(parent), command: (line ?? "").replaceAll("\0", " ") }];
        }),
    );
    return all.flat();
}

/** The process below another one that has the role in its run. Undefined before it begins, and after its end. */
export async function findEngineProcess(root: number, role: EngineRole): Promise<number | undefined> {
    const all = await listProcesses();
    const below = (parent: number): Found[] =>
        all.filter((each) => each.parent === parent).flatMap((each) => [each, ...below(each.pid)]);
    return below(root).find(({ command }) => commands[role].test(command))?.pid;
}
