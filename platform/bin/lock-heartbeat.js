// Shows those who cannot see this process that it lives: it touches the lock of its data folder. A thread of its own,
// because the embedded database can keep the main one busy for longer than others have patience.
const { linkSync, readdirSync, rmSync, utimesSync, writeFileSync, writeSync } = require("node:fs");
const path = require("node:path");
const { workerData } = require("node:worker_threads");

const { file, content, beatMs } = workerData;
const folder = path.dirname(file);
const [, prefix, own] = /^(.*\.)(\d+)$/.exec(path.basename(file));

function isOutnumbered() {
    const numbers = readdirSync(folder).map((name) =>
        name.startsWith(prefix) ? Number(name.slice(prefix.length)) : 0,
    );
    return numbers.some((number) => number > Number(own));
}

/** At once and whole: a process that reads half a lock takes it for a dead one's. */
function putBack() {
    const fresh = `${file}.back-${process.pid}`;
    writeFileSync(fresh, content);
    try {
        linkSync(fresh, file);
    } finally {
        rmSync(fresh);
    }
}

function beat() {
    try {
        if (isOutnumbered()) {
            writeSync(
                2,
                `section-platform: another process has taken ${folder} over, which happens when this one sleeps for long; it ends at once\n`,
            );
            process.kill(process.pid, "SIGKILL"); // nothing more may be written, by no thread
        }
        const now = new Date();
        try {
            utimesSync(file, now, now);
        } catch (error) {
            if (error.code !== "ENOENT") throw error;
            putBack(); // somebody has tidied up
        }
    } catch (error) {
        if (error.code !== "ENOENT")
            writeSync(2, `section-platform: the lock ${file} cannot be touched (${error.code})\n`);
    }
}

beat();
setInterval(beat, beatMs);
