import assert from "node:assert/strict";
import type { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import type { PlatformOptions } from "section-platform";
import { startMonitor } from "../harness/monitor";
import { type ImportingProvider, openProvider } from "../harness/provider";
import { startProviderProcess } from "../harness/provider-process";
import { makeSecret, type Properties } from "../harness/values";
import { type FaultProxy, isMutating, startFaultProxy } from "./fault-proxy";
import { type RunningPlatform, startPlatform } from "./platform";

/** The plugin of one operation of the engine: a process that lives as long as it. */
export interface PluginOperation {
    provider: ImportingProvider;
    client: ResourceProviderClient;
}

/** A platform, and the plugin as the engine starts it for each operation. */
export interface PluginStack {
    platform: RunningPlatform;
    proxy: FaultProxy;
    /** All that plugins said to people so far. */
    lines: string[];
    /** The requests of an operation with a plugin of its own. */
    operate<T>(work: (operation: PluginOperation) => Promise<T>): Promise<T>;
    /** The same for a preview, which must not write. */
    preview(work: (operation: PluginOperation) => Promise<void>): Promise<void>;
    close(): Promise<void>;
}

const urn = "urn:pulumi:test::story::pulumi:providers:section::default";

/**
 * @param options of the platform
 * @param config of the provider, beside endpoint and token
 */
export async function openPluginStack(options: PlatformOptions = {}, config: Properties = {}): Promise<PluginStack> {
    const proxy = await startFaultProxy(() => platform.url);
    const platform = await startPlatform({ publicUrl: proxy.url, ...options }); // so that git goes through it too
    const lines: string[] = [];
    const say = (line: string) => void lines.push(line);
    const refuse = () => Promise.reject(new Error("no program runs"));
    const monitor = await startMonitor({ register: refuse, lookUp: refuse, finish: () => {}, say, fail: say as never });
    const settings = { endpoint: proxy.url, token: makeSecret(platform.token), resolver: "none", ...config };
    const stack: PluginStack = {
        platform,
        proxy,
        lines,
        operate: async (work) => {
            const process = await startProviderProcess({
                packageName: "section",
                environment: { CI: "false" },
                engine: monitor.address,
                say,
            });
            try {
                return await work({
                    client: process.client,
                    provider: openProvider(process, urn, "id", settings),
                });
            } finally {
                await process.stop();
            }
        },
        preview: async (work) => {
            const before = proxy.seen.length;
            await stack.operate(work);
            assert.deepEqual(proxy.seen.slice(before).filter(isMutating), [], "a preview writes nothing");
        },
        close: async () => {
            monitor.close();
            await proxy.close();
            await platform.close();
        },
    };
    return stack;
}
