import { issuesOf, Problem } from "section-model";
import { z } from "zod";

/**
 * The newest format that this platform writes. Older ones stay readable; a change that this reader cannot follow gets
 * the next number.
 */
export const backupFormat = 1;

const headSchema = z.object({
    format: z.int().min(1),
    /** The version of the platform that wrote it. */
    platform: z.string(),
    /** The schema of the database: its rows can only be read into this one. */
    migration: z.string(),
    takenAt: z.string(),
});

const partSchema = z.object({ entries: z.int(), bytes: z.int(), sha256: z.string() });

const manifestSchema = headSchema.extend({
    secretKey: z.object({ isIncluded: z.boolean(), fingerprint: z.string() }),
    tables: z.record(z.string(), z.int()),
    /** The last number that each sequence has given; null: none yet. */
    sequences: z.record(z.string(), z.int().nullable()),
    /** The parts of the archive, each with its checksum. */
    parts: z.record(z.string(), partSchema),
});

/** The first entry: whether a reader can make anything of the rest. */
export type BackupHead = z.output<typeof headSchema>;
/**
 * The last entry lists what the archive holds, so that a reader knows that it has everything and that nothing was
 * changed.
 */
export type Manifest = z.output<typeof manifestSchema>;
export type Part = z.output<typeof partSchema>;

export const headName = "format.json";
export const manifestName = "manifest.json";

export function damaged(reason: string, cause?: unknown): Problem {
    return new Problem("backup-damaged", `the backup is damaged: ${reason}`, { cause });
}

function parse<T>(schema: z.ZodType<T>, name: string, text: string): T {
    let document: unknown;
    try {
        document = JSON.parse(text);
    } catch (cause) {
        throw damaged(`${name} is not JSON`, cause);
    }
    const result = schema.safeParse(document);
    if (result.success) return result.data;
    throw damaged(
        issuesOf(result.error)
            .map(({ property, reason }) => `${name}: ${property} ${reason}`)
            .join("; "),
    );
}

/** Reads the first entry. Throws `backup-newer` for a format that only a newer platform knows. */
export function parseHead(text: string): BackupHead {
    const head = parse(headSchema, headName, text);
    if (head.format > backupFormat)
        throw new Problem("backup-newer", `the backup has format ${head.format}, written by platform ${head.platform}`);
    return head;
}

export function parseManifest(text: string): Manifest {
    return parse(manifestSchema, manifestName, text);
}

/** The content of a backup, in two numbers. */
export interface Holdings {
    applications: number;
    rows: number;
}

export function holdingsOf({ tables }: Pick<Manifest, "tables">): Holdings {
    return {
        applications: tables.applications ?? 0,
        rows: Object.values(tables).reduce((sum, count) => sum + count, 0),
    };
}
