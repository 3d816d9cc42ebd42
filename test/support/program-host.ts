import { spawn } from "node:child_process";
import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import { GetRequiredPluginsResponse, type RunRequest, RunResponse } from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";

/** A program as a command. It finds what the engine tells it in the environment, as programs in Go do. */
export interface ProgramCommand {
    file: string;
    args?: readonly string[];
    environment?: Readonly<Record<string, string>>;
}

/** A host of one program, for a language whose own host this machine lacks. */
export interface ProgramHost {
    /** For the engine's option `--client`. */
    address: string;
    close(): void;
}

/** The variables of an operation, by the names that Pulumi's SDK for Go reads. */
function variablesOf(request: RunRequest): Record<string, string> {
    const [engine = ""] = request.getArgsList();
    return {
        PULUMI_ORGANIZATION: request.getOrganization(),
        PULUMI_PROJECT: request.getProject(),
        PULUMI_STACK: request.getStack(),
        PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toArray())),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
        PULUMI_PARALLEL: String(request.getParallel()),
        PULUMI_DRY_RUN: String(request.getDryrun()),
        PULUMI_MONITOR: request.getMonitorAddress(),
        PULUMI_ENGINE: engine,
    };
}

/** Resolves with what the program printed if it failed, else with an empty text. */
function runProgram({ file, args = [], environment }: ProgramCommand, request: RunRequest): Promise<string> {
    const child = spawn(file, args, {
        cwd: request.getPwd() || undefined,
        env: { ...process.env, ...environment, ...variablesOf(request) },
        stdio: ["ignore", "pipe", "pipe"],
    });
    let words = "";
    for (const stream of [child.stdout, child.stderr])
        stream.on("data", (chunk) => {
            words += chunk;
        });
    return new Promise((resolve, reject) => {
        child.once("error", reject);
        child.once("close", (code) => resolve(code === 0 ? "" : `the program ended with ${code}:\n${words}`));
    });
}

export async function startProgramHost(command: ProgramCommand): Promise<ProgramHost> {
    const server = new Server();
    server.addService(LanguageRuntimeService, {
        getRequiredPlugins: (_: unknown, done: sendUnaryData<GetRequiredPluginsResponse>) =>
            done(null, new GetRequiredPluginsResponse()),
        getPluginInfo: (_: unknown, done: sendUnaryData<PluginInfo>) => done(null, new PluginInfo()),
        run: ({ request }: ServerUnaryCall<RunRequest, RunResponse>, done: sendUnaryData<RunResponse>) => {
            const response = new RunResponse();
            runProgram(command, request).then(
                (failure) => {
                    response.setError(failure);
                    done(null, response);
                },
                (error: Error) => done(error),
            );
        },
    });
    const port = await new Promise<number>((resolve, reject) =>
        server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
            error === null ? resolve(bound) : reject(error),
        ),
    );
    return { address: `127.0.0.1:${port}`, close: () => server.forceShutdown() };
}
