import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach } from "mocha";
import { type PlatformOptions, startPlatform } from "section-platform";
import { variableOf } from "../../platform/options";
import { type Balancer, startBalancer } from "./balancer";
import { type SpawnedPlatform, spawnPlatform, useReplicas } from "./platform";
import { freshDatabase } from "./stores";

const replicas = 2;
const testsBetweenKills = 7;
const requestsBetweenKills = 40;
const longestDelayMs = 20;

/** Several processes of the platform on one PostgreSQL and one folder of repositories, reached in turn. */
export class ReplicaSet {
    #kills = 0;
    #restarting: Promise<void> = Promise.resolve();
    #isRestarting = false;

    private constructor(
        private readonly processes: SpawnedPlatform[],
        private readonly balancer: Balancer,
        private readonly spawn: (port: number) => Promise<SpawnedPlatform>,
    ) {}

    static async start(dataDir: string, databaseUrl: string, options: PlatformOptions): Promise<ReplicaSet> {
        const processes: SpawnedPlatform[] = [];
        const balancer = await startBalancer(() => processes.map(({ url }) => Number(new URL(url).port)));
        const settings = { publicUrl: balancer.url, ...options };
        const environment = Object.fromEntries(
            Object.entries(settings).map(([name, value]) => [variableOf(name as keyof PlatformOptions), String(value)]),
        );
        const spawn = (port: number) =>
            spawnPlatform(dataDir, { port, environment: { ...environment, DATABASE_URL: databaseUrl } });
        processes.push(...(await Promise.all(Array.from({ length: replicas }, () => spawn(0)))));
        const set = new ReplicaSet(processes, balancer, spawn);
        let countdown = requestsBetweenKills;
        balancer.onRequest = ({ headers }) => {
            // killed during requests of the provider, which tries again: a test sends its own requests once
            if (!headers["user-agent"]?.startsWith("pulumi-section/")) return;
            countdown -= 1;
            if (countdown > 0) return;
            countdown = Math.ceil(requestsBetweenKills * (0.5 + Math.random()));
            setTimeout(() => void set.killOne(), Math.random() * longestDelayMs);
        };
        return set;
    }

    get url(): string {
        return this.balancer.url;
    }

    /** The number of replicas killed so far. */
    get kills(): number {
        return this.#kills;
    }

    /**
     * kill -9 of one replica, which starts again by itself; never of the last one that lives. Resolves when it is dead.
     */
    async killOne(): Promise<void> {
        if (this.#isRestarting) return;
        this.#isRestarting = true;
        const index = this.#kills % this.processes.length;
        const victim = this.processes[index] as SpawnedPlatform;
        this.#kills += 1;
        const dead = victim.kill();
        this.#restarting = dead.then(async () => {
            this.processes[index] = await this.spawn(Number(new URL(victim.url).port));
            this.#isRestarting = false;
        });
        await dead;
    }

    async stop(): Promise<void> {
        await this.#restarting;
        await Promise.all(this.processes.map((each) => each.stop()));
        await this.balancer.close();
    }
}

const living = new Set<ReplicaSet>();
let tests = 0;
let totalKills = 0;

afterEach(async () => {
    tests += 1;
    if (tests % testsBetweenKills === 0) await Promise.all([...living].map((set) => set.killOne()));
});

process.once("exit", () => process.stdout.write(`      replicas: ${totalKills} killed meanwhile\n`));

/** Replicas for tests, with a way to add users and tokens beside them. */
async function startReplicas(options: PlatformOptions) {
    const dataDir = await mkdtemp(path.join(tmpdir(), "section-replicas-"));
    const databaseUrl = await freshDatabase();
    const office = await startPlatform({ ...options, dataDir, databaseUrl });
    const set = await ReplicaSet.start(dataDir, databaseUrl, options);
    living.add(set);
    const close = async () => {
        living.delete(set);
        totalKills += set.kills;
        await set.stop();
        await office.close();
        await rm(dataDir, { recursive: true, force: true, maxRetries: 3 });
    };
    return {
        url: set.url,
        addUser: office.addUser,
        addToken: office.addToken,
        mailDir: path.join(dataDir, "mail"),
        close,
    };
}

useReplicas(startReplicas);
