import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable, type Writable } from "node:stream";

export interface LaunchRequest {
    args: readonly string[];
    cwd: string;
    env: Readonly<Record<string, string>>;
    timeoutMs: number;
    /** How much its processor time is for others, 0 to 19. Default 0. */
    niceness?: number;
    /** The file that git reads as its input. Default: `stdin` of what is launched. */
    stdinFile?: string;
}

/** A running git. */
export interface Launched {
    stdin: Writable;
    stdout: Readable;
    /** Resolves when it has ended and everything it said has been read. */
    ended: Promise<{ exitCode: number; stderr: string }>;
    kill(): void;
}

const longestStderr = 65_536;

/** Said of a git whose end nobody heard of: its launcher was killed, or had no files left to talk to it. */
export const cutOff = "git was cut off";

/** Takes apart the launcher's frames; stdout is read as fast as its reader wants. */
function listen(socket: Socket): Pick<Launched, "stdout" | "ended"> {
    let buffer: Buffer = Buffer.alloc(0);
    let stderr = "";
    let exitCode: number | undefined;
    const stdout = new Readable({
        read: () => void socket.resume(),
        destroy: (error, done) => {
            socket.destroy();
            done(error);
        },
    });
    socket.on("data", (chunk: Buffer) => {
        buffer = buffer.length === 0 ? chunk : Buffer.concat([buffer, chunk]);
        while (buffer.length >= 5) {
            const size = buffer.readUInt32BE(1);
            if (buffer.length < 5 + size) return;
            const payload = buffer.subarray(5, 5 + size);
            const type = buffer[0];
            buffer = buffer.subarray(5 + size);
            if (type === 1 && !stdout.push(payload)) socket.pause();
            if (type === 2 && stderr.length < longestStderr) stderr += payload.toString("utf8");
            if (type === 3) exitCode = payload.readInt32BE();
        }
    });
    socket.on("error", () => {}); // "close" follows and tells the same
    const ended = new Promise<{ exitCode: number; stderr: string }>((resolve) => {
        socket.once("close", () => {
            stdout.push(null);
            resolve(exitCode === undefined ? { exitCode: 128, stderr: stderr || cutOff } : { exitCode, stderr });
        });
    });
    return { stdout, ended };
}

interface Running {
    child: ChildProcess;
    /** The socket it listens on. */
    address: string;
}

async function begin(): Promise<Running> {
    const folder = await mkdtemp(path.join(tmpdir(), "section-git-"));
    const address = path.join(folder, "socket");
    const child = fork(require.resolve("section-platform/git-launcher"), [address], {
        execArgv: [],
        stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    child.once("close", () => void rm(folder, { recursive: true, force: true }));
    await once(child, "message");
    child.unref();
    child.channel?.unref(); // it ends with this process, it does not keep it
    return { child, address };
}

/** The small process that starts git for this one: begun at the first call, and anew when it is gone. */
export class Launcher {
    #running: Promise<Running> | undefined;

    async launch(request: LaunchRequest): Promise<Launched> {
        const socket = await this.#connect();
        socket.write(`${JSON.stringify(request)}\n`);
        return { stdin: socket, ...listen(socket), kill: () => void socket.destroy() };
    }

    async close(): Promise<void> {
        const running = this.#running;
        this.#running = undefined;
        const child = (await running?.catch(() => undefined))?.child;
        // the launcher ends its children, then itself, as it does when this process is killed
        if (child?.connected) child.disconnect();
    }

    /**
     * A connection to it. When nobody answers, the launcher is started again, once: temporary folders are sometimes
     * cleaned by others.
     */
    async #connect(isSecond = false): Promise<Socket> {
        const running = this.#running ?? begin();
        this.#running = running;
        try {
            const socket = connect({ path: (await running).address, allowHalfOpen: false });
            await once(socket, "connect");
            return socket;
        } catch (error) {
            if (isSecond) throw error;
            if (this.#running === running) await this.close();
            return this.#connect(true);
        }
    }
}
