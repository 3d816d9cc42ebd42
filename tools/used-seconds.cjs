// CPU time of a process and everything below it. Ended children count with the process that waited for them; living
// ones are looked up.
const { readdirSync, readFileSync } = require("node:fs");

const ticksPerSecond = 100; // USER_HZ, the same on every Linux that Node runs on

/** Of one process: its parent, and the seconds that it and its children that have ended computed. */
function readProcess(pid) {
    try {
        const text = readFileSync(`/proc/${pid}/stat`, "utf8");
        // the name, in parentheses, may hold spaces and parentheses itself
        const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
        const ticks = fields.slice(11, 15).reduce((sum, each) => sum + Number(each), 0);
        return { parent: Number(fields[1]), seconds: ticks / ticksPerSecond };
    } catch {
        return undefined; // it has just ended
    }
}

/**
 * Seconds of CPU of this process, of all it has started, and of all that those have started; 0 where there is no /proc.
 */
exports.usedSeconds = function usedSeconds() {
    let pids;
    try {
        pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
    } catch {
        return 0;
    }
    const known = new Map(pids.map((pid) => [Number(pid), readProcess(pid)]));
    const isBelow = (pid) => {
        for (let at = pid; at > 1; at = known.get(at)?.parent ?? 0) if (at === process.pid) return true;
        return false;
    };
    let seconds = 0;
    for (const [pid, each] of known) if (each !== undefined && isBelow(pid)) seconds += each.seconds;
    return seconds;
};
