import {
    Server,
    ServerCredentials,
    type ServerUnaryCall,
    type sendUnaryData,
    status,
    type UntypedHandleCall,
} from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import {
    GetRootResourceResponse,
    type LogRequest,
    LogSeverity,
    SetRootResourceResponse,
} from "@pulumi/pulumi/proto/engine_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import {
    type ReadResourceRequest,
    ReadResourceResponse,
    type RegisterResourceOutputsRequest,
    type RegisterResourceRequest,
    RegisterResourceResponse,
    type SupportsFeatureRequest,
    SupportsFeatureResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type Goal, type Lookup, readGoal, readLookup } from "./goal";
import type { ResourceState } from "./resource-state";
import type { Properties } from "./values";

/** Features of the engine that the harness lacks: a program that asks for them is told so. */
const missing = new Set(["transforms", "invokeTransforms", "parameterization", "resourceHooks", "errorHooks"]);

/** Calls of a program and its providers to the harness. */
export interface Listener {
    register(goal: Goal): Promise<ResourceState>;
    lookUp(lookup: Lookup): Promise<ResourceState>;
    finish(urn: string, outputs: Properties): void;
    say(text: string): void;
    /** Hears of everything that fails. */
    fail(error: Error): void;
}

export interface Monitor {
    address: string;
    close(): void;
}

type Handler<Q, A> = (request: Q) => Promise<A> | A;

/** Answers one kind of call. A program never hears of a failure, only that the engine has gone. */
function answerWith(fail: Listener["fail"]) {
    return <Q, A>(handle: Handler<Q, A>): UntypedHandleCall =>
        ((call: ServerUnaryCall<Q, A>, done: sendUnaryData<A>) => {
            Promise.resolve(call.request)
                .then(handle)
                .then(
                    (value) => done(null, value),
                    (error: Error) => {
                        fail(error);
                        done({ code: status.UNAVAILABLE, details: "the operation is over" });
                    },
                );
        }) as UntypedHandleCall;
}

const structOf = (properties: Properties) => Struct.fromJavaScript(properties as never);

function monitorHandlers({ register, lookUp, finish, fail }: Listener): Record<string, UntypedHandleCall> {
    const answer = answerWith(fail);
    return {
        supportsFeature: answer((request: SupportsFeatureRequest) => {
            const reply = new SupportsFeatureResponse();
            reply.setHassupport(!missing.has(request.getId()));
            return reply;
        }),
        registerResource: answer(async (request: RegisterResourceRequest) => {
            const { urn, id = "", outputs } = await register(readGoal(request));
            const reply = new RegisterResourceResponse();
            reply.setUrn(urn);
            reply.setId(id);
            reply.setObject(structOf(outputs));
            return reply;
        }),
        readResource: answer(async (request: ReadResourceRequest) => {
            const { urn, outputs } = await lookUp(readLookup(request));
            const reply = new ReadResourceResponse();
            reply.setUrn(urn);
            reply.setProperties(structOf(outputs));
            return reply;
        }),
        registerResourceOutputs: answer((request: RegisterResourceOutputsRequest) => {
            finish(request.getUrn(), (request.getOutputs()?.toJavaScript() ?? {}) as Properties);
            return new Empty();
        }),
    };
}

const heads: Record<number, string> = {
    [LogSeverity.INFO]: "",
    [LogSeverity.WARNING]: "warning: ",
    [LogSeverity.ERROR]: "error: ",
};

function engineHandlers({ say, fail }: Listener): Record<string, UntypedHandleCall> {
    const answer = answerWith(fail);
    return {
        log: answer((request: LogRequest) => {
            const head = heads[request.getSeverity()];
            if (head !== undefined) say(`${head}${request.getMessage()}`);
            return new Empty();
        }),
        getRootResource: answer(() => new GetRootResourceResponse()),
        setRootResource: answer(() => new SetRootResourceResponse()),
    };
}

/** Listens as the engine does: to registrations of the program, and to messages of program and providers. */
export async function startMonitor(listener: Listener): Promise<Monitor> {
    const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
    server.addService(ResourceMonitorService, monitorHandlers(listener));
    server.addService(EngineService, engineHandlers(listener));
    const port = await new Promise<number>((resolve, reject) =>
        server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
            error === null ? resolve(bound) : reject(error),
        ),
    );
    return { address: `127.0.0.1:${port}`, close: () => server.forceShutdown() };
}
