import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { clientOptions } from "../support/stack";

const repository = path.resolve(".");
/** Package -> the command that serves it. */
const commands: Readonly<Record<string, string>> = {
    "pulumi-nodejs": path.join(repository, "tools/pulumi/dynamic-provider.cjs"),
    section: path.join(repository, "plugin/bin/pulumi-resource-section.js"),
};
const patienceMs = 5_000;

/** One call, as a promise. */
export function ask<A>(call: (done: (error: ServiceError | null, answer: A) => void) => unknown): Promise<A> {
    return new Promise((resolve, reject) =>
        call((error, answer) => (error === null ? resolve(answer) : reject(error))),
    );
}

export interface ProviderProcess {
    client: ResourceProviderClient;
    stop(): Promise<void>;
    /** kill -9. */
    kill(): Promise<void>;
}

interface ProviderProcessOptions {
    /** The package that it serves: `pulumi-nodejs` for dynamic resources. */
    packageName: string;
    environment: Record<string, string>;
    /** The address of this operation's engine. */
    engine: string;
    /** Told each line that the process writes after its port. */
    say(line: string): void;
}

async function endProcess(child: ChildProcess, signal: "SIGINT" | "SIGKILL"): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, "close");
    const timer = setTimeout(() => child.kill("SIGKILL"), patienceMs);
    child.kill(signal);
    await closed;
    clearTimeout(timer);
}

/** Starts the provider of a package as the engine does: in the program's folder, its port first. */
export async function startProviderProcess({
    packageName,
    environment,
    engine,
    say,
}: ProviderProcessOptions): Promise<ProviderProcess> {
    const command = commands[packageName];
    if (command === undefined) throw new Error(`the harness has no provider of ${packageName}`);
    const child = spawn(process.execPath, [command, engine], {
        cwd: repository,
        env: { ...process.env, ...environment },
        stdio: ["ignore", "pipe", "pipe"],
    });
    createInterface(child.stderr).on("line", say);
    const lines = createInterface(child.stdout);
    const port = await new Promise<string>((resolve, reject) => {
        lines.once("line", resolve);
        child.once("close", (code) => reject(new Error(`the provider ended with ${code} before it said its port`)));
    });
    lines.on("line", say);
    const client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure(), clientOptions);
    const end = async (signal: "SIGINT" | "SIGKILL") => {
        client.close();
        await endProcess(child, signal);
    };
    return { client, stop: () => end("SIGINT"), kill: () => end("SIGKILL") };
}
