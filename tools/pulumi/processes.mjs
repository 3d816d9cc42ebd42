import { readdir, readFile } from "node:fs/promises";

/**
 * When a process started, in ticks since boot: tells it from another one that got its id later. "" when there is none.
 */
export async function startOf(pid) {
    const stat = await readFile(`/proc/${pid}/stat`, "latin1").catch(() => "");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}

/** What a process has started, and what that has. Each thread of a process has its own children. */
async function descendantsOf(pid) {
    const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
    const lists = await Promise.all(
        threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/children`, "latin1").catch(() => "")),
    );
    const children = lists.flatMap((list) => list.split(" ").filter(Boolean).map(Number));
    return [...children, ...(await Promise.all(children.map(descendantsOf))).flat()];
}

/** Remembers what a process has started; the function it gives ends what of that still lives. */
export async function holdDescendants(pid) {
    const held = await Promise.all(
        (await descendantsOf(pid)).map(async (each) => ({ pid: each, begun: await startOf(each) })),
    );
    return async (signal) => {
        for (const { pid: each, begun } of held)
            if (begun !== "" && (await startOf(each)) === begun) process.kill(each, signal);
    };
}
