import type { ObjectType } from "../objects/object-format";

const mebibyte = 1024 * 1024;

/** The most that a pack may hold, by the sizes that it declares. */
export interface PackLimits {
    /** Of one object. */
    bytes: Readonly<Record<ObjectType, number>>;
    /** Of all objects, and of the differences that some are stored as. */
    unpackedBytes: number;
    objects: number;
}

/** A commit is as large as people write; a folder of 8 MiB has a hundred thousand files. */
export function packLimits({ maxPackBytes, maxUnpackedBytes }: PushSizes): PackLimits {
    return {
        bytes: { commit: mebibyte, tag: mebibyte, tree: 8 * mebibyte, blob: maxPackBytes },
        unpackedBytes: maxUnpackedBytes,
        objects: 1_000_000,
    };
}

/** The settings of a push. */
export interface PushSizes {
    /** Bytes of the pack. */
    maxPackBytes: number;
    /** Bytes of all that is in it, unpacked. */
    maxUnpackedBytes: number;
}
