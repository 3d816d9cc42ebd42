import { execFile } from "node:child_process";
import { channel } from "node:diagnostics_channel";
import { mkdir, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { migrate } from "../../platform/store/schema";
import { openStore } from "../../platform/store/store";
import { prepared } from "./prepared";

const run = promisify(execFile);

let seed: Promise<string> | undefined;

/** The sources of an empty database: the store that makes it, and the version of PostgreSQL in it. */
async function sourceOfSeed(): Promise<string> {
    const store = path.resolve("platform/store");
    const files = (await readdir(store, { recursive: true })).filter((file) => file.endsWith(".ts")).sort();
    const texts = await Promise.all(files.map((file) => readFile(path.join(store, file), "utf8")));
    const library = path.resolve(require.resolve("@electric-sql/pglite", { paths: [store] }), "../../package.json");
    return [await readFile(library, "utf8"), ...texts].join();
}

/** An empty database in a folder, made once: making one takes seconds, copying it does not. */
async function makeSeed(): Promise<string> {
    return prepared("seed", await sourceOfSeed(), async (folder) => {
        const store = await openStore({ dataDir: folder, isRaw: true }); // else all copies have one identity
        await migrate(store.database);
        await store.close();
    });
}

/** Puts an empty database into a data folder, as if a platform had been there. */
export async function seedDatabase(dataDir: string): Promise<void> {
    channel("section-test").publish({ started: "PGlite" }); // counted by tools/count-reporter.cjs
    seed ??= makeSeed();
    const database = path.join(await seed, "database");
    await mkdir(dataDir, { recursive: true });
    // cp copies a thousand files in a fifth of the time that Node takes
    await run("cp", ["-R", database, path.join(dataDir, "database")]);
}
