import assert from "node:assert/strict";
import path from "node:path";
import { Api } from "../support/api";
import { owner, type SpawnedPlatform, spawnPlatform, startPlatform, withFolder } from "../support/platform";
import type { Attack, Look, PrepareAttack, World } from "./fairness/attack";
import { busyUser } from "./fairness/busy-user";
import { deepHistory } from "./fairness/deep-history";
import { gzipBombs } from "./fairness/gzip-bombs";
import { largeJson } from "./fairness/large-json";
import { manyTags } from "./fairness/many-tags";
import { packBombs } from "./fairness/pack-bombs";
import { passwordsFromEverywhere, passwordsFromHere } from "./fairness/password-flood";
import { watchMemory, weighTree } from "./fairness/process-tree";
import { slowBodies } from "./fairness/slow-bodies";
import { slowHeads } from "./fairness/slow-heads";
import { stalledFetches } from "./fairness/stalled-fetches";
import { stalledUploads } from "./fairness/stalled-uploads";
import { makeTenant } from "./fairness/tenant";

/** Every attack. A new one is a file in test/proof/fairness/ and a name here. */
const attacks: Record<string, PrepareAttack> = {
    stalledFetches,
    packBombs,
    manyTags,
    deepHistory,
    busyUser,
    slowBodies,
    slowHeads,
    stalledUploads,
    largeJson,
    gzipBombs,
    passwordsFromHere,
    passwordsFromEverywhere,
};
/** `SECTION_TEST_FAIRNESS=manyTags,packBombs` runs these only. */
const chosen = process.env.SECTION_TEST_FAIRNESS?.split(",") ?? Object.keys(attacks);

/**
 * The p95 of each of the tenant's looks may be this many times the quiet one, or this many times what it is while the
 * same attack goes on against another platform on this machine: the own work of attackers is done here, too, and a
 * platform cannot keep the processors from it. It may be the floor, too: what takes 30 ms on a quiet machine takes 150
 * when a process that begins has both cores for a moment, and nobody feels it.
 */
const mostTimes = 3;
const usualFloorMs = 200;
/** Quiet time and attack take turns, so that other work on the machine meets both. */
const turns = 3;
const rounds = Number(process.env.SECTION_TEST_FAIRNESS_ROUNDS ?? 7);
/** An attack that seems to be felt is measured again. */
const attempts = Number(process.env.SECTION_TEST_FAIRNESS_ATTEMPTS ?? 4);
const usualMebibytes = 250;
const usualLogLines = 300;

const password = "correct horse battery staple";

/** A platform in a process of its own, with the people of `World`. */
async function withWorld(work: (world: World, platform: SpawnedPlatform) => Promise<void>): Promise<void> {
    await withFolder(async (folder) => {
        const dataDir = path.join(folder, "data");
        const tokens = await makePeople(dataDir);
        const platform = await spawnPlatform(dataDir, { command: process.env.SECTION_TEST_COMMAND });
        try {
            const [tenant, attacker, reader, stranger] = tokens.map((token) => new Api(platform.url, token)) as [
                Api,
                Api,
                Api,
                Api,
            ];
            const site = await tenant.makeSite("Acme", "www.acme.example");
            const target = await attacker.makeSite("Mallory", "www.mallory.example");
            const invited = { email: emailOf("reader"), accountCapability: "readonly" };
            await attacker.must("POST", `/account/${target.account}/user`, invited);
            const world = { url: platform.url, tenant, attacker, reader, stranger, site, target, password };
            await work(world, platform);
        } finally {
            await platform.kill();
        }
    });
}

type WorkInTwoWorlds = (world: World, platform: SpawnedPlatform, otherWorld: World) => Promise<void>;

const withTwoWorlds = (work: WorkInTwoWorlds) =>
    withWorld((world, platform) => withWorld((otherWorld) => work(world, platform, otherWorld)));

const emailOf = (name: string) => `${name}@mallory.example`;

/** Makes the users on a platform that is closed again. Returns their tokens. */
async function makePeople(dataDir: string): Promise<string[]> {
    const platform = await startPlatform({ dataDir });
    try {
        await platform.setPassword(owner.email, password);
        const tokens = [platform.token];
        for (const name of ["attacker", "reader", "stranger"])
            tokens.push((await platform.signUp(emailOf(name), "write", password)).token as string);
        return tokens;
    } finally {
        await platform.close();
    }
}

/** What each look took, in milliseconds. */
type Times = Record<string, number[]>;

/** Does every look in turn, again and again. */
async function measure(looks: Record<string, Look>, times: Times = {}): Promise<Times> {
    for (let round = 0; round < rounds; round += 1) {
        for (const [name, look] of Object.entries(looks)) {
            const begunMs = performance.now();
            await look();
            times[name] = [...(times[name] ?? []), performance.now() - begunMs];
        }
    }
    return times;
}

async function measureDuring(attack: Attack, looks: Record<string, Look>, times: Times): Promise<void> {
    const { end } = await attack.begin();
    await measure(looks, times).finally(end);
}

type Figures = Record<string, number>;

function p95(times: Times): Figures {
    const of = (list: number[]) => [...list].sort((one, other) => one - other)[Math.ceil(0.95 * list.length) - 1];
    return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, of(list) as number]));
}

/** What a look of the tenant took: in quiet times, beside an attack on another platform, and during the attack. */
interface Comparison {
    look: string;
    quietMs: number;
    besideMs: number;
    attackedMs: number;
    mostMs: number;
}

function compare(quiet: Figures, beside: Figures, attacked: Figures, floorMs = usualFloorMs): Comparison[] {
    return Object.entries(attacked).map(([look, attackedMs]) => {
        const [quietMs, besideMs] = [quiet[look] as number, beside[look] as number];
        const mostMs = Math.max(mostTimes * Math.max(quietMs, besideMs), floorMs);
        return { look, quietMs, besideMs, attackedMs, mostMs };
    });
}

const sayTime = (ms: number) => `${ms < 10 ? ms.toFixed(1) : ms.toFixed(0)}`;

/** What it took in quiet times, beside the attack on another platform, and during the attack. */
const say = ({ look, quietMs, besideMs, attackedMs, mostMs }: Comparison) =>
    `${look} ${[quietMs, besideMs, attackedMs].map(sayTime).join(" → ")} (${sayTime(mostMs)} allowed)`;

/**
 * Measures the tenant in quiet times, during the same attack on another platform, and during an attack. Returns why it
 * is felt, or costs too much.
 */
async function findFault(
    attack: Attack,
    elsewhere: Attack,
    platform: SpawnedPlatform,
    tenant: Record<string, Look>,
): Promise<string | undefined> {
    const looks = { ...tenant, ...attack.looks };
    for (let attempt = 1; ; attempt += 1) {
        const [quietTimes, besideTimes, attackedTimes]: [Times, Times, Times] = [{}, {}, {}];
        const before = await weighTree(platform.pid);
        const linesBefore = platform.log().split("\n").length;
        const watched = watchMemory(platform.pid);
        for (let turn = 0; turn < turns; turn += 1) {
            await measure(looks, quietTimes);
            await measureDuring(elsewhere, looks, besideTimes);
            await measureDuring(attack, looks, attackedTimes);
        }
        const mebibytes = (await watched.end()) - before.mebibytes;
        const lines = platform.log().split("\n").length - linesBefore;
        const compared = compare(p95(quietTimes), p95(besideTimes), p95(attackedTimes), attack.floorMs);
        const figures = `p95 in ms, quiet → beside an attack elsewhere → attacked: ${compared.map(say).join(", ")}; ${mebibytes.toFixed(0)} MiB more, ${lines} log lines`;
        console.log(`      ${figures}`);
        if (mebibytes > (attack.mostMebibytes ?? usualMebibytes)) return `too much memory: ${figures}`;
        if (lines > (attack.mostLogLines ?? usualLogLines)) return `too many log lines: ${figures}`;
        const felt = compared.filter(({ attackedMs, mostMs }) => attackedMs > mostMs).map(({ look }) => look);
        if (felt.length === 0) return undefined;
        if (attempt === attempts) return `the tenant feels it (${felt.join(", ")}): ${figures}`;
    }
}

describe("fairness: a tenant does not feel", () => {
    it("what others do to the platform", async function () {
        this.timeout(600_000);
        await withTwoWorlds(async (world, platform, otherWorld) => {
            const tenant = await makeTenant(world);
            await measure(tenant); // the first requests compile code and open connections
            const faults: string[] = [];
            for (const name of chosen) {
                const prepare = attacks[name] as PrepareAttack;
                const [attack, elsewhere] = [await prepare(world), await prepare(otherWorld)];
                console.log(`    ${attack.name}`);
                const fault = await findFault(attack, elsewhere, platform, tenant);
                if (fault !== undefined) faults.push(`${attack.name}: ${fault}`);
            }
            console.log(`    ${(await weighTree(process.pid)).cpuSeconds.toFixed(0)} s of CPU in all`);
            assert.deepEqual(faults, []);
        });
    });
});
