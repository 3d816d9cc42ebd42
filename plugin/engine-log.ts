import { credentials } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

/** Lines for the person who reads the engine's output: it does not show what a plugin writes. */
export interface EngineLog {
    /** Of the engine. */
    address: string | undefined;
    tell(line: string): void;
    /** Resolves when the engine has every line. */
    flush(): Promise<void>;
}

/** @param address of the engine, as it tells the command. Without one, lines go to standard error. */
export function openEngineLog(address: string | undefined): EngineLog {
    if (address === undefined)
        return { address, tell: (line) => void process.stderr.write(`${line}\n`), flush: async () => {} };
    const engine = new EngineClient(address, credentials.createInsecure());
    let last: Promise<void> = Promise.resolve();
    // an engine that is gone shows nothing, and needs no answer
    const send = (request: LogRequest) => new Promise<void>((resolve) => engine.log(request, () => resolve()));
    return {
        address,
        tell: (line) => {
            const request = new LogRequest();
            request.setSeverity(LogSeverity.INFO);
            request.setMessage(line);
            // one after the other: the engine shows lines as they come
            last = last.then(() => send(request));
        },
        flush: () => last,
    };
}
