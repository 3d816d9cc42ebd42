import assert from "node:assert/strict";
import { mkdir, symlink } from "node:fs/promises";
import path from "node:path";
import { isMutating, type Seen, startFaultProxy } from "./fault-proxy";
import type { RunningPlatform } from "./platform";
import { type CommandResult, pulumiSection } from "./provider-command";
import { engineVariables } from "./stack";

export interface Adopter {
    /** A folder for a program, in which the packages are installed. */
    place(name: string): Promise<string>;
    /** Runs `pulumi-section`. */
    run(...args: string[]): Promise<CommandResult>;
    environment: Record<string, string>;
    /** Requests that could change something, so far; without those that take claims. */
    writes(): number;
    /** Requests that take claims. */
    claims(): number;
    requests(): number;
    close(): Promise<void>;
}

const isClaim = ({ method, path: url }: Seen) => method === "POST" && /^\/api\/v1\/account\/\d+\/claims$/.test(url);

/** A user with an engine, an endpoint that counts its requests, and folders. */
export async function openAdopter(platform: RunningPlatform, folder: string): Promise<Adopter> {
    const proxy = await startFaultProxy(platform.url);
    const environment = {
        ...(await engineVariables(folder)),
        SECTION_ENDPOINT: proxy.url,
        SECTION_TOKEN: platform.token,
    };
    return {
        place: async (name) => {
            const place = path.join(folder, name);
            await mkdir(place);
            await symlink(path.resolve("node_modules"), path.join(place, "node_modules"));
            return place;
        },
        run: (...args) => pulumiSection(args, { environment }),
        environment,
        writes: () => proxy.seen.filter((each) => isMutating(each) && !isClaim(each)).length,
        claims: () => proxy.seen.filter(isClaim).length,
        requests: () => proxy.seen.length,
        close: () => proxy.close(),
    };
}

/** Everything that people have made on the platform but whose it is: ids, people, domains, heads. */
export async function lookAtEstate({ api }: RunningPlatform): Promise<string> {
    const { text } = await api.call("GET", "/account/graph?detail=true");
    // the platform looks at the DNS by itself
    const isOther = (key: string) => key === "claim" || key === "engaged_checked_at";
    return JSON.stringify(JSON.parse(text, (key, value) => (isOther(key) ? undefined : value)));
}

/** The rows of a certificate. */
export function rowsOf(stdout: string): Record<string, string> {
    const rows = [...stdout.matchAll(/^ {2}([a-z]+) {2,}(\S.*)$/gm)];
    assert.ok(rows.length > 0, stdout);
    return Object.fromEntries(rows.map(([, name, value]) => [name, value]));
}
