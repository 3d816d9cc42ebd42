import { once } from "node:events";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Problem } from "section-model";
import { flushPacket, formatPacket } from "./pkt-line";
import type { Repositories, RepositoryKey } from "./repositories";
import { claimRepository } from "./upkeep/repository-claim";

export interface FetchRequest {
    key: RepositoryKey;
    /** The value of the Git-Protocol header. */
    protocol?: string;
}

const knownProtocol = /^version=[012]$/;
const fetchTimeoutMs = 3_600_000;
/** The limit for what a client sends about the objects it has and wants; git has the same. */
const longestRequest = 10 * 1024 * 1024;

function environmentFor(protocol: string | undefined): Record<string, string> {
    const version = protocol?.split(":").find((word) => knownProtocol.test(word));
    return version === undefined ? {} : { GIT_PROTOCOL: version };
}

const version2 = new WeakMap<Repositories, Buffer>();

/**
 * The advertisement that a client reads before it fetches. In version 2 it lists what git can do, the same for every
 * repository, so git is asked once.
 */
export async function advertiseUpload(repositories: Repositories, { key, protocol }: FetchRequest): Promise<Buffer> {
    const environment = environmentFor(protocol);
    const isVersion2 = environment.GIT_PROTOCOL === "version=2";
    const known = isVersion2 ? version2.get(repositories) : undefined;
    if (known !== undefined) return known;
    const { stdout } = await repositories.git.run({
        gitDir: repositories.folder(key),
        verb: "upload-pack",
        flags: ["--stateless-rpc", "--http-backend-info-refs"],
        operands: ["."],
        environment,
    });
    if (isVersion2) version2.set(repositories, stdout);
    return isVersion2 ? stdout : Buffer.concat([formatPacket("# service=git-upload-pack\n"), flushPacket, stdout]);
}

function limited(): Transform {
    let size = 0;
    return new Transform({
        transform(chunk: Buffer, _encoding, done) {
            size += chunk.length;
            if (size > longestRequest)
                done(new Problem("body-too-large", `a fetch says at most ${longestRequest} bytes`));
            else done(null, chunk);
        },
    });
}

/**
 * Serves a fetch: the request goes to git and its answer comes back, both as they stream. The child ends when either
 * side does.
 */
export async function startUpload(
    repositories: Repositories,
    { key, protocol }: FetchRequest,
    body: Readable,
): Promise<Readable> {
    const gitDir = repositories.folder(key);
    // a client can name objects that nothing here refers to any more: git needs them until it has answered
    const claiming = claimRepository(gitDir);
    const call = {
        verb: "upload-pack",
        flags: ["--stateless-rpc"],
        operands: ["."],
        timeoutMs: fetchTimeoutMs,
        isStream: true,
    };
    const starting = repositories.git.start({ ...call, gitDir, environment: environmentFor(protocol) });
    const [claimed, started] = await Promise.allSettled([claiming, starting]); // git waits for its input
    if (claimed.status === "rejected" || started.status === "rejected") {
        if (claimed.status === "fulfilled") await claimed.value.release();
        if (started.status === "fulfilled") started.value.kill();
        throw claimed.status === "rejected" ? claimed.reason : (started as PromiseRejectedResult).reason;
    }
    const child = started.value;
    child.ended.finally(() => claimed.value.release()).catch(() => {});
    let failure: unknown;
    pipeline(body, limited(), child.stdin).catch((error) => {
        failure = error; // git may have heard enough before the body ends, which is no failure
        if (!child.stdout.readableEnded) child.kill();
    });
    child.stdout.once("close", () => child.kill());
    child.ended.catch((error: Error) => child.stdout.destroy(error));
    await Promise.race([once(child.stdout, "readable"), child.ended]);
    if (child.stdout.readableLength === 0) {
        const { exitCode } = await child.ended; // without a word
        if (failure instanceof Problem) throw failure;
        if (exitCode !== 0)
            throw new Problem("invalid-input", "the request is none that git understands", {
                remedy: "Use a git client",
            });
    }
    return child.stdout;
}
