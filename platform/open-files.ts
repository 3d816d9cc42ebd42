import { readFileSync } from "node:fs";
import { Problem } from "section-model";

/** Files beside those of the database and of clients: libraries, repositories, git, the log. */
const otherFiles = 48;
/** PostgreSQL does not work with fewer, and has no use for more. */
const [leastDatabaseFiles, mostDatabaseFiles] = [64, 1_000];
const leastConnections = 8;

/** The files that this process may have open; undefined where the system does not say. */
function readLimit(): number | undefined {
    try {
        const found = /^Max open files\s+(\d+)/m.exec(readFileSync("/proc/self/limits", "utf8"))?.[1];
        return found === undefined ? undefined : Number(found);
    } catch {
        return undefined;
    }
}

export interface FileBudget {
    /** Files that the embedded database may keep open. */
    database: number;
    /** Connections of clients. */
    connections: number;
}

/**
 * Divides the files that this process may have open, so that the database does not take those of clients, nor clients
 * those of everything else.
 *
 * @throws Problem `invalid-input` for a limit that a platform cannot work with
 */
export function divideFiles(isEmbedded: boolean, limit = readLimit() ?? Number.POSITIVE_INFINITY): FileBudget {
    const database = isEmbedded ? Math.min(mostDatabaseFiles, Math.max(leastDatabaseFiles, Math.floor(limit / 3))) : 0;
    const connections = limit - database - otherFiles;
    if (connections < leastConnections)
        throw new Problem("invalid-input", `this process may open ${limit} files, too few for a platform`, {
            remedy: `Allow it ${database + otherFiles + leastConnections} at least, 4096 are better: ulimit -n 4096, or LimitNOFILE=4096 in its unit`,
        });
    return { database, connections };
}
