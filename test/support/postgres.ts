import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { chown, mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "pg";

export interface Cluster {
    /** Makes an empty database and returns its URL. */
    createDatabase(): Promise<string>;
    /** Ends the server as a crash does. Its data and its port stay for `begin`. */
    end(): Promise<void>;
    /** Starts it again after `end`. */
    begin(): Promise<void>;
    /** Lets all processes of the server stand still: it is there and answers nobody. */
    freeze(): void;
    /** Lets them go on. */
    thaw(): void;
    stop(): Promise<void>;
}

/** The newest PostgreSQL of this machine; undefined when there is none. */
export function findPostgres(): string | undefined {
    const root = "/usr/lib/postgresql";
    const versions = existsSync(root) ? readdirSync(root).sort((one, other) => Number(other) - Number(one)) : [];
    return versions
        .map((version) => path.join(root, version, "bin"))
        .find((bin) => existsSync(path.join(bin, "initdb")));
}

/** PostgreSQL refuses to run as root, so it gets the user that its package made. */
function identity(): { uid?: number; gid?: number } {
    if (process.getuid?.() !== 0) return {};
    const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
    return { uid: id("-u"), gid: id("-g") };
}

/** A port of loopback that nothing listens on. */
export async function freePort(): Promise<number> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    return port;
}

/** The processes that a process has started. */
function listChildren(parent: number): number[] {
    return readdirSync("/proc")
        .filter((name) => /^\d+$/.test(name))
        .filter((name) => {
            try {
                const stat = readFileSync(`/proc/${name}/stat`, "latin1");
                return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]) === parent;
            } catch {
                return false; // it has just ended
            }
        })
        .map(Number);
}

/** Starts a new PostgreSQL server, in a folder that is removed with it. */
export async function startCluster(): Promise<Cluster> {
    const bin = findPostgres();
    if (bin === undefined) throw new Error("PostgreSQL is not installed: apt-get install postgresql-15");
    const folder = await mkdtemp(path.join(tmpdir(), "section-postgres-"));
    const who = identity();
    if (who.uid !== undefined && who.gid !== undefined) await chown(folder, who.uid, who.gid);
    const data = path.join(folder, "data");
    execFileSync(
        path.join(bin, "initdb"),
        ["-D", data, "-U", "section", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
        {
            ...who,
            cwd: folder,
            stdio: "ignore",
        },
    );
    const port = await freePort();
    const settings = [
        "fsync=off",
        "max_connections=50",
        `unix_socket_directories=${folder}`,
        "listen_addresses=127.0.0.1",
    ].flatMap((setting) => ["-c", setting]);
    let server: ChildProcess;
    const url = (database: string) => `postgres://section@127.0.0.1:${port}/${database}`;
    const run = async (statement: string) => {
        const client = new Client({ connectionString: url("postgres") });
        await client.connect();
        await client.query(statement).finally(() => client.end());
    };
    const begin = async () => {
        server = spawn(path.join(bin, "postgres"), ["-D", data, "-p", String(port), ...settings], {
            ...who,
            cwd: folder,
            stdio: "ignore",
        });
        for (let attempt = 0; ; attempt += 1) {
            try {
                return await run("select 1");
            } catch (error) {
                if (attempt === 200) throw error;
                await new Promise((resolve) => setTimeout(resolve, 50));
            }
        }
    };
    const end = async () => {
        const ended = once(server, "close");
        server.kill("SIGQUIT");
        await ended;
    };
    const signalAll = (signal: NodeJS.Signals) => {
        const postmaster = server.pid as number;
        for (const pid of [postmaster, ...listChildren(postmaster)]) process.kill(pid, signal);
    };
    await begin();
    let count = 0;
    return {
        begin,
        end,
        freeze: () => signalAll("SIGSTOP"),
        thaw: () => signalAll("SIGCONT"),
        createDatabase: async () => {
            count += 1;
            await run(`create database section_${count}`);
            return url(`section_${count}`);
        },
        stop: async () => {
            await end();
            await rm(folder, { recursive: true, force: true });
        },
    };
}
