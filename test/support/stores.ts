import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after } from "mocha";
import type { Store } from "../../platform/store/store";
import { openStore } from "../../platform/store/store";
import { type DnsName, startDns, type TestDns } from "./dns";
import { isReplicated, type RunningPlatform, startPlatform } from "./platform";
import { type Cluster, findPostgres, startCluster } from "./postgres";
import { seedDatabase } from "./seed";

export type StoreKind = "PGlite" | "PostgreSQL";

/** Every database the platform runs on. */
export const storeKinds: StoreKind[] = findPostgres() === undefined ? ["PGlite"] : ["PGlite", "PostgreSQL"];

let cluster: Promise<Cluster> | undefined;
const closers: (() => Promise<void>)[] = [];

/** Options for a fresh database of a kind; folder and server go away after the tests. */
export async function freshStoreOptions(kind: StoreKind): Promise<{ dataDir: string; databaseUrl?: string }> {
    const dataDir = await mkdtemp(path.join(tmpdir(), "section-store-"));
    closers.unshift(() => rm(dataDir, { recursive: true, force: true, maxRetries: 3 }));
    if (kind === "PGlite") {
        await seedDatabase(dataDir);
        return { dataDir };
    }
    return { dataDir, databaseUrl: await freshDatabase() };
}

/** An empty PostgreSQL database, on a server that all tests of this process share. */
export async function freshDatabase(): Promise<string> {
    if (cluster === undefined) {
        cluster = startCluster();
        closers.push(async () => (await cluster)?.stop());
    }
    return (await cluster).createDatabase();
}

after(async function () {
    this.timeout(60_000);
    for (const close of closers) await close();
});

const stores = new Map<StoreKind, Promise<Store>>();

/** A store that all tests of this process share: each makes rows of its own. */
export function sharedStore(kind: StoreKind): Promise<Store> {
    const known = stores.get(kind);
    if (known !== undefined) return known;
    const opened = freshStoreOptions(kind).then(openStore);
    stores.set(kind, opened);
    closers.unshift(async () => (await opened).close());
    return opened;
}

type PlatformKind = StoreKind | "replicas";

const platforms = new Map<PlatformKind, Promise<RunningPlatform>>();

/** Names in the DNS of shared platforms; tests add names of their own. */
export const sharedNames = new Map<string, DnsName>();
let sharedDns: Promise<TestDns> | undefined;

/** A running platform that all tests of this process share. */
export function sharedPlatform(kind: PlatformKind): Promise<RunningPlatform> {
    const known = platforms.get(kind);
    if (known !== undefined) return known;
    sharedDns ??= startDns(sharedNames);
    const start = async () => {
        const dnsServers = [(await sharedDns)?.address ?? ""];
        const options = { dnsServers, registration: true, trustProxy: ["loopback"] };
        return startPlatform(kind === "replicas" ? options : { ...(await freshStoreOptions(kind)), ...options });
    };
    const started = start();
    platforms.set(kind, started);
    closers.unshift(async () => (await started).close());
    return started;
}

/** Runs the same tests on a platform over each database, or on replicas where that is asked for. */
export function onEveryPlatform(title: string, tests: (platform: () => RunningPlatform) => void): void {
    for (const kind of isReplicated() ? (["replicas"] as const) : storeKinds) {
        describe(`${title} over ${kind}`, () => {
            let platform: RunningPlatform;
            before(async function () {
                this.timeout(60_000);
                platform = await sharedPlatform(kind);
            });
            tests(() => platform);
        });
    }
}

/** Runs the same tests on each store. */
export function onEveryStore(title: string, tests: (store: () => Store) => void): void {
    for (const kind of storeKinds) {
        describe(`${title} in ${kind}`, () => {
            let store: Store;
            before(async function () {
                this.timeout(60_000);
                store = await sharedStore(kind);
            });
            tests(() => store);
        });
    }
}

let counter = 0;

/** A name that is unique in this process. */
export function fresh(prefix: string): string {
    counter += 1;
    return `${prefix}${counter}`;
}
