import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, type Gunzip } from "node:zlib";
import { isProblem, Problem } from "section-model";
import { extract, type Header } from "tar-stream";
import { MemberTree } from "./member-tree";

export interface ArchiveLimits {
    /** Files and folders. */
    maxMembers: number;
    maxUnpackedBytes: number;
}

function addMember(tree: MemberTree, { type, name, linkname }: Header): void {
    if (type === "file" || type === "contiguous-file") tree.add(name, "file");
    else if (type === "directory") tree.add(name, "folder");
    else if (type === "symlink") tree.addLink(name, linkname ?? "");
    else if (type === "link") tree.addHardLink(name, linkname ?? "");
    else
        throw new Problem(
            "invalid-input",
            `the archive has ${JSON.stringify(name.slice(0, 200))}, which is neither file, folder nor link`,
            {
                remedy: "Leave it out, then upload again",
            },
        );
}

/** A tar.gz that cannot be read, in words for its author. */
function refuseUnread(cause: Error): Problem {
    const reason =
        cause.message === "Header exceeds max size"
            ? "the archive has an extended header or a name of more than 4 MiB"
            : `the file is no whole tar.gz: ${cause.message}`;
    return new Problem("invalid-input", reason, {
        remedy: "Pack the application's folder anew, then upload it",
        cause,
    });
}

/** What the headers of an archive do not declare costs as much: zeros behind its end, or headers of nothing. */
const room = 64 * 1024 * 1024;
/** Code packs to a fifth or so. */
const mostTimes = 100;

/** Ends what inflates to more than it may, or to far more than has arrived. */
function limitInflation(gunzip: Gunzip, maxUnpackedBytes: number): Transform {
    let bytes = 0;
    return new Transform({
        transform: (chunk: Buffer, _encoding, done) => {
            bytes += chunk.length;
            const most = Math.min(maxUnpackedBytes, room + mostTimes * gunzip.bytesWritten);
            if (bytes <= most) done(null, chunk);
            else done(new Problem("body-too-large", `the archive unpacks to more than ${most} bytes`));
        },
    });
}

/**
 * Reads a tar.gz to its end as it arrives and refuses one that is none, that is a bomb, or whose members get outside
 * its tree.
 */
export async function checkArchive(packed: Readable, { maxMembers, maxUnpackedBytes }: ArchiveLimits): Promise<void> {
    const tree = new MemberTree(maxMembers);
    const members = extract();
    let unpackedBytes = 0;
    members.on("entry", (headers, content, next) => {
        content.on("error", () => {}); // an error that ends the archive ends its members, and is told once
        try {
            unpackedBytes += headers.size ?? 0;
            if (unpackedBytes > maxUnpackedBytes)
                throw new Problem("body-too-large", `the archive unpacks to more than ${maxUnpackedBytes} bytes`);
            addMember(tree, headers);
        } catch (error) {
            members.destroy(error as Error);
            return;
        }
        content.on("end", next);
        content.resume();
    });
    const gunzip = createGunzip({ chunkSize: 64 * 1024 });
    await pipeline(packed, gunzip, limitInflation(gunzip, maxUnpackedBytes), members).catch((error) => {
        if (isProblem(error)) throw error;
        throw refuseUnread(error);
    });
    if (tree.isEmpty) throw new Problem("invalid-input", "the archive holds nothing");
}
