import { after } from "mocha";
import { Client } from "../../client/client";
import { Memory } from "../../provider/run/memory";
import type { Session } from "../../provider/run/session";
import { type RunningPlatform, startPlatform } from "./platform";

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
}

/** A session on that platform, and its messages. */
export async function openTestSession({
    extensions = true,
    allowLiveDelete = false,
    maxDeletes,
    resolvers = [],
    token,
}: SessionOptions = {}): Promise<TestSession> {
    const platform = await providerPlatform(extensions);
    const connection = { endpoint: platform.url, token: token ?? platform.token };
    const told: string[] = [];
    return {
        platform,
        client: new Client(connection),
        settings: { ...connection, allowLiveDelete, maxDeletes, resolvers },
        memory: new Memory(),
        tell: (line) => void told.push(line),
        told,
    };
}
