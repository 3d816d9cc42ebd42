import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as section from "pulumi-section";
import { signUpOffline } from "../test/support/offline";
import { spawnPlatform } from "../test/support/platform";
import { type EngineStack, openStack } from "../test/support/stack";
import { median, printCount, printFigure, timed } from "./figures";

const phases = ["preview", "up", "no-op preview", "no-op up", "refresh", "destroy"] as const;
type Phase = (typeof phases)[number];

const targets: Partial<Record<Phase, number>> = { up: 1.25, "no-op preview": 1.1, refresh: 1.3 };

class Nothing extends pulumi.CustomResource {
    constructor(name: string, args: object, opts?: pulumi.CustomResourceOptions) {
        const provider = `exports.handler=()=>require(${JSON.stringify(path.resolve("bench/nothing.cjs"))}).handler`;
        super("pulumi-nodejs:dynamic/bench:Nothing", name, { ...args, __provider: provider }, opts);
    }
}

/** `count` resources that live in the database only: an organization, a site, and people and domains in halves. */
const ours = (count: number) => async () => {
    const acme = new section.Organization("acme", { name: "Acme" });
    if (count < 2) return;
    const www = new section.Application("www", {
        organization: acme.id,
        hostname: "www.acme.example",
        origin: "192.0.2.1",
    });
    for (let index = 2; index < count; index += 1) {
        if (index % 2 === 0)
            new section.Membership(`person-${index}`, {
                organization: acme.id,
                email: `person-${index}@agency.example`,
                role: "readonly",
            });
        else
            new section.Domain(`domain-${index}`, {
                environment: www.production,
                hostname: `host-${index}.acme.example`,
            });
    }
};

/** The same program of resources that do nothing. */
const floor = (count: number) => async () => {
    const acme = new Nothing("acme", { name: "Acme" });
    if (count < 2) return;
    const www = new Nothing("www", { organization: acme.id, hostname: "www.acme.example", origin: "192.0.2.1" });
    for (let index = 2; index < count; index += 1) {
        if (index % 2 === 0)
            new Nothing(`person-${index}`, {
                organization: acme.id,
                email: `person-${index}@agency.example`,
                role: "readonly",
            });
        else
            new Nothing(`domain-${index}`, {
                environment: pulumi.interpolate`${www.id}/Production`,
                hostname: `host-${index}.acme.example`,
            });
    }
};

interface Life {
    times: Record<Phase, number>;
    requests: Record<Phase, number>;
    stateBytes: number;
}

/** One life of a stack, each phase timed and its requests counted. */
async function live(stack: EngineStack, countRequests: () => Promise<number>): Promise<Life> {
    const times = {} as Record<Phase, number>;
    const requests = {} as Record<Phase, number>;
    const run = async (phase: Phase, work: () => Promise<unknown>) => {
        const before = await countRequests();
        times[phase] = await timed(work);
        requests[phase] = (await countRequests()) - before;
    };
    await run("preview", () => stack.preview());
    await run("up", () => stack.automation.up());
    const stateBytes = Buffer.byteLength(await stack.state());
    await run("no-op preview", () => stack.preview());
    await run("no-op up", () => stack.automation.up());
    await run("refresh", () => stack.refresh());
    await run("destroy", () => stack.destroy());
    return { times, requests, stateBytes };
}

/** Requests that the platform has answered, its own metrics not counted. */
async function requestsAnswered(url: string): Promise<number> {
    const text = await (await fetch(`${url}/metrics`)).text();
    const counts = text.matchAll(/^section_http_request_seconds_count\{[^}]*route="([^"]*)"[^}]*\} (\d+)$/gm);
    return [...counts].filter(([, route]) => route !== "/metrics").reduce((sum, [, , count]) => sum + Number(count), 0);
}

/** From this size on, a stack lives once more as `pulumi-section up` applies it. */
const largeSize = 1000;
const withoutCheckpoints = { PULUMI_SKIP_CHECKPOINTS: "true" };
const targetSeconds: Partial<Record<Phase, number>> = { up: 15, destroy: 8 };

type Lives = readonly { ours: Life; floor: Life }[];

function secondsOf(lives: Lives, which: "ours" | "floor", phase: Phase): number {
    return median(lives.map((each) => each[which].times[phase])) / 1000;
}

function printPhases(lives: Lives, size: number, how = ""): void {
    for (const phase of phases) {
        const most = how === "" ? targets[phase] : undefined;
        printFigure({
            name: `${phase} of ${size}${how}`,
            ours: secondsOf(lives, "ours", phase),
            floor: secondsOf(lives, "floor", phase),
            unit: "s",
            target: most === undefined ? undefined : { most },
        });
    }
}

/** Whole lives on the real engine, beside the same program of resources that do nothing. */
export async function benchEngine(sizes: readonly number[]): Promise<void> {
    const folder = await mkdtemp(path.join(tmpdir(), "section-bench-"));
    const token = await signUpOffline(`${folder}/platform`, "olga@agency.example");
    // 1,000 resources are 500 people of one organization
    const platform = await spawnPlatform(`${folder}/platform`, {
        environment: {
            SECTION_PLATFORM_INVITATIONS_PER_HOUR: "0",
            SECTION_PLATFORM_ORGANIZATION_INVITATIONS_PER_HOUR: "0",
        },
    });
    const environment = { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: token };
    try {
        for (const size of sizes) {
            const liveAll = async (name: string, more: Record<string, string> = {}) => {
                const open = (side: string, program: () => Promise<void>) =>
                    openStack({
                        folder,
                        name: `${side}-${size}-${name}`,
                        program,
                        environment: { ...environment, ...more },
                    });
                const below = await live(await open("floor", floor(size)), async () => 0);
                const above = await live(await open("ours", ours(size)), () => requestsAnswered(platform.url));
                return { floor: below, ours: above };
            };
            const lives: { ours: Life; floor: Life }[] = [];
            for (let round = 0; round < (size <= 100 ? 3 : 1); round += 1) lives.push(await liveAll(String(round)));
            printPhases(lives, size);
            if (size >= largeSize) {
                const quick = [await liveAll("quick", withoutCheckpoints)];
                printPhases(quick, size, ", no checkpoints");
                for (const [phase, most] of Object.entries(targetSeconds))
                    printCount(
                        `${phase} of ${size}, no checkpoints`,
                        secondsOf(quick, "ours", phase as Phase),
                        "s",
                        most,
                    );
            }
            const [first] = lives;
            if (first === undefined) continue;
            printCount(
                `state per resource of ${size}`,
                first.ours.stateBytes / (size + 2),
                "bytes",
                size === 1 ? undefined : 2000,
            );
            printCount(`requests of a no-op preview of ${size}`, first.ours.requests["no-op preview"], "", 0);
            // parents of lists: the accounts, the organization's people, its applications, the site's environments
            printCount(`requests of a refresh of ${size}`, first.ours.requests.refresh, "", Math.ceil(size / 100) + 4);
            printCount(`requests of an up of ${size}`, first.ours.requests.up, "");
        }
    } finally {
        await platform.stop();
        await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    }
}
