import { after } from "mocha";
import { Client } from "../../client/client";
import { readFeatures } from "../../client/platform";
import { Memory } from "../../provider/run/memory";
import type { Session } from "../../provider/run/session";
import { type RunningPlatform, startPlatform } from "./platform";

/** The ways to a branch: every endpoint has the first one, those with `environment.commit` the second one too. */
export const ways = ["git", "request"] as const;

export type Way = (typeof ways)[number];

const started = new Map<boolean, Promise<RunningPlatform>>();

after(async () => {
    for (const platform of started.values()) await (await platform).close();
});

/** A platform that all provider tests of this process share: with extensions, or pure v1. */
export function providerPlatform(extensions = true): Promise<RunningPlatform> {
    const known = started.get(extensions) ?? startPlatform({ extensions });
    started.set(extensions, known);
    return known;
}

export interface TestSession extends Session {
    platform: RunningPlatform;
    told: string[];
}

interface SessionOptions {
    extensions?: boolean;
    allowLiveDelete?: boolean;
    maxDeletes?: number;
    /** Default: none are asked. */
    resolvers?: readonly string[];
    /** Default: the owner's. */
    token?: string;
    /** `git` where the endpoint seems not to have `environment.commit`. Default: as the endpoint has it. */
    way?: Way;
}

/** A session on that platform, and its messages. */
export async function openTestSession({
    extensions = true,
    allowLiveDelete = false,
    maxDeletes,
    resolvers = [],
    token,
    way,
}: SessionOptions = {}): Promise<TestSession> {
    const platform = await providerPlatform(extensions);
    const connection = { endpoint: platform.url, token: token ?? platform.token };
    const told: string[] = [];
    const client = new Client(connection);
    if (way === "git") {
        const features = await readFeatures(new Client(connection));
        const without = new Set([...features.extensions].filter((extension) => extension !== "environment.commit"));
        await client.once("features", async () => ({ ...features, extensions: without }));
    }
    return {
        platform,
        client,
        settings: { ...connection, allowLiveDelete, maxDeletes, resolvers },
        memory: new Memory(),
        tell: (line) => void told.push(line),
        told,
    };
}
