import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { Problem } from "section-model";
import { type Fingerprint, isEdited, type PendingChange } from "./pending-change";
import type { Wave, WaveSizes } from "./plan-waves";

/** The progress of a wave. `failed`: its apply failed, perhaps in part, or a check failed after it. */
export type WaveState = "planned" | "applying" | "applied" | "failed" | "done";

/** A run as it is kept beside the program. Nothing in it is secret: contents are digests. */
export interface WavesRecord {
    version: 1;
    stack: string;
    endpoint?: string;
    startedAt: string;
    finishedAt?: string;
    choice: WaveSizes;
    waves: (Wave & { state: WaveState })[];
    /** The fingerprint of each resource's new values. */
    fingerprints: Record<string, Fingerprint>;
    /** Places that have the change and whose check has not passed. */
    unhealthy: string[];
}

const folderName = ".pulumi-section";

/** The file of a stack's run: `.pulumi-section/waves-STACK.json` in the program's folder. */
export function recordFile(folder: string, stack: string): string {
    return path.join(folder, folderName, `waves-${encodeURIComponent(stack)}.json`);
}

/** Writes so that a reader, and a run after a crash, see the old text or the new one, never a part. */
export async function writeRecord(folder: string, record: WavesRecord): Promise<void> {
    const file = recordFile(folder, record.stack);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(path.join(path.dirname(file), ".gitignore"), "*\n");
    await writeFile(`${file}.new`, `${JSON.stringify(record, undefined, 1)}\n`, { mode: 0o600 });
    await rename(`${file}.new`, file);
}

export async function readRecord(folder: string, stack: string): Promise<WavesRecord | undefined> {
    const file = recordFile(folder, stack);
    const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return undefined;
        throw error;
    });
    if (text === undefined) return undefined;
    try {
        const record = JSON.parse(text) as WavesRecord;
        if (record.version === 1) return record;
    } catch {} // what follows says it
    throw new Problem("invalid-input", `${file} is not a record of a run that this version can read`, {
        remedy: "Remove the file and run waves without --resume",
    });
}

export function makeRecord(
    change: PendingChange,
    choice: WaveSizes,
    waves: readonly Wave[],
    endpoint: string | undefined,
): WavesRecord {
    return {
        version: 1,
        stack: change.stack,
        ...(endpoint !== undefined && { endpoint }),
        startedAt: new Date().toISOString(),
        choice,
        waves: waves.map((wave) => ({ ...wave, state: "planned" })),
        fingerprints: Object.fromEntries(
            [...change.pending.values()].map(({ urn, fingerprint }) => [urn, fingerprint]),
        ),
        unhealthy: [],
    };
}

/** Resources that would get other values now than when the run was planned. */
export function listEdited({ fingerprints }: WavesRecord, { pending }: PendingChange): string[] {
    return [...pending.values()]
        .filter(({ urn, fingerprint }) => isEdited(fingerprints[urn], fingerprint))
        .map(({ urn }) => urn);
}

/** True when a run has something left to apply or to check. */
export function isUnfinished(record: WavesRecord | undefined): record is WavesRecord & { finishedAt?: undefined } {
    return record !== undefined && record.finishedAt === undefined;
}
