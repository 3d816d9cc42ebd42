import { once } from "node:events";
import path from "node:path";
import type { Readable } from "node:stream";
import { Problem } from "section-model";
import { flushPacket, formatPacket } from "./pkt-line";
import type { Repositories, RepositoryKey } from "./repositories";
import { spool } from "./spool";
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
        asker: key,
        verb: "upload-pack",
        flags: ["--stateless-rpc", "--http-backend-info-refs"],
        operands: ["."],
        environment,
    });
    if (isVersion2) version2.set(repositories, stdout);
    return isVersion2 ? stdout : Buffer.concat([formatPacket("# service=git-upload-pack\n"), flushPacket, stdout]);
}

const tooLarge = () => new Problem("body-too-large", `a fetch says at most ${longestRequest} bytes`);

/**
 * Serves a fetch: once the request is there, git gets it, and its answer comes back as it streams. The child ends when
 * either side does.
 */
export async function startUpload(
    repositories: Repositories,
    { key, protocol }: FetchRequest,
    body: Readable,
): Promise<Readable> {
    const gitDir = repositories.folder(key);
    // a client can name objects that nothing here refers to any more: git needs them until it has answered
    const claim = await claimRepository(gitDir);
    let ended: Promise<unknown> = Promise.resolve();
    try {
        const stdinFile = path.join(claim.folder, "request");
        await spool(body, stdinFile, longestRequest, tooLarge);
        const child = await repositories.git.start({
            gitDir,
            asker: key,
            verb: "upload-pack",
            flags: ["--stateless-rpc"],
            operands: ["."],
            stdinFile,
            environment: environmentFor(protocol),
            timeoutMs: fetchTimeoutMs,
            isStream: true,
            isThrifty: true,
        });
        ended = child.ended;
        child.stdout.once("close", () => child.kill());
        child.ended.catch((error: Error) => child.stdout.destroy(error));
        await Promise.race([once(child.stdout, "readable"), child.ended]);
        if (child.stdout.readableLength === 0) {
            const { exitCode } = await child.ended; // without a word
            if (exitCode !== 0)
                throw new Problem("invalid-input", "the request is none that git understands", {
                    remedy: "Use a git client",
                });
        }
        return child.stdout;
    } finally {
        ended.finally(() => claim.release()).catch(() => {});
    }
}
