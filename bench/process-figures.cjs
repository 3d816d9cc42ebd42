// Loaded into every Node process of an operation (NODE_OPTIONS): writes what the process has used when it ends.
const { appendFileSync } = require("node:fs");

function write() {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    const script = process.argv[1] ?? "";
    const modules = Object.keys(require.cache).length;
    const line = { script, maxRssBytes: maxRSS * 1024, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, modules };
    appendFileSync(process.env.SECTION_BENCH_FIGURES, `${JSON.stringify(line)}\n`);
}

process.once("exit", write);
// the engine ends providers so
process.once("SIGINT", () => {
    write();
    if (process.listenerCount("SIGINT") === 0) process.kill(process.pid, "SIGINT");
});
