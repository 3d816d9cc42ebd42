import { once } from "node:events";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { flushPacket, formatPacket } from "./pkt-line";
import type { Repositories, RepositoryKey } from "./repository";

export interface FetchRequest {
    key: RepositoryKey;
    /** The value of the Git-Protocol header. */
    protocol?: string;
}

const knownProtocol = /^version=[012]$/;

function environmentFor(protocol: string | undefined): Record<string, string> {
    return protocol !== undefined && knownProtocol.test(protocol) ? { GIT_PROTOCOL: protocol } : {};
}

const version2 = new WeakMap<Repositories, Buffer>();

/** What a client reads before it fetches. In version 2 that is what git can, the same for every repository: git is asked once. */
export async function advertiseUpload(repositories: Repositories, { key, protocol }: FetchRequest): Promise<Buffer> {
    const isVersion2 = protocol === "version=2";
    const known = isVersion2 ? version2.get(repositories) : undefined;
    if (known !== undefined) return known;
    const { stdout } = await repositories.git.run({
        gitDir: repositories.folder(key),
        verb: "upload-pack",
        flags: ["--stateless-rpc", "--http-backend-info-refs"],
        operands: ["."],
        environment: environmentFor(protocol),
    });
    if (isVersion2) version2.set(repositories, stdout);
    return isVersion2 ? stdout : Buffer.concat([formatPacket("# service=git-upload-pack\n"), flushPacket, stdout]);
}

/** Serves a fetch: the request goes to git and its answer comes back, both as they stream. The child ends when either side does. */
export async function startUpload(repositories: Repositories, { key, protocol }: FetchRequest, body: Readable): Promise<Readable> {
    const child = await repositories.git.start({
        gitDir: repositories.folder(key),
        verb: "upload-pack",
        flags: ["--stateless-rpc"],
        operands: ["."],
        environment: environmentFor(protocol),
        timeoutMs: 600_000,
    });
    pipeline(body, child.stdin).catch(() => {}); // git may have heard enough before the body ends
    child.stdout.once("close", () => child.kill());
    child.ended.catch((error: Error) => child.stdout.destroy(error));
    await Promise.race([once(child.stdout, "readable"), child.ended]);
    return child.stdout;
}
