import { Server, ServerCredentials } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { Run } from "pulumi-section/internal";
import { openEngineLog } from "./engine-log";
import { SectionProvider } from "./section-provider";
import { makeService } from "./service";

/** A file in a branch may have 1 MiB, and a message has many. */
const largestMessage = 400 * 1024 * 1024;

/**
 * Serves one provider to the engine, which starts this command for each, and reads its port from the first line.
 *
 * @param engine the address of the engine
 * @returns the port, on loopback
 */
export async function servePlugin(engine: string | undefined): Promise<number> {
    const log = openEngineLog(engine);
    const provider = new SectionProvider(new Run(log.tell));
    const server = new Server({
        "grpc.max_receive_message_length": largestMessage,
        "grpc.max_send_message_length": largestMessage,
    });
    server.addService(ResourceProviderService, makeService(provider, log));
    const port = await new Promise<number>((resolve, reject) => {
        server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
            error === null ? resolve(bound) : reject(error),
        );
    });
    // the engine ends the process by this signal, and hears it until then
    process.once("SIGINT", () => {
        provider.end();
        void log.flush().then(() => process.kill(process.pid, "SIGINT"));
    });
    return port;
}

/** The command `pulumi-resource-section`. */
export async function main([, , engine]: readonly string[]): Promise<void> {
    process.stdout.write(`${await servePlugin(engine)}\n`);
}
