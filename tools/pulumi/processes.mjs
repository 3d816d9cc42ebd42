import { readdir, readFile } from "node:fs/promises";

/** The start of a process, in ticks since boot: tells it from a later process with its id. "" when there is none. */
export async function startOf(pid) {
    const stat = await readFile(`/proc/${pid}/stat`, "latin1").catch(() => "");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}

/** The ids of a process's children and of theirs. Each thread of a process has its own children. */
async function descendantsOf(pid) {
    const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
    const lists = await Promise.all(
        threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/children`, "latin1").catch(() => "")),
    );
    const children = lists.flatMap((list) => list.split(" ").filter(Boolean).map(Number));
    return [...children, ...(await Promise.all(children.map(descendantsOf))).flat()];
}

/** Remembers the descendants of a process. Returns a function that ends those that still live. */
export async function holdDescendants(pid) {
    const held = await Promise.all(
        (await descendantsOf(pid)).map(async (each) => ({ pid: each, begun: await startOf(each) })),
    );
    return async (signal) => {
        for (const { pid: each, begun } of held)
            if (begun !== "" && (await startOf(each)) === begun) process.kill(each, signal);
    };
}
