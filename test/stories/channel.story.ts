import assert from "node:assert/strict";
import { type AddressInfo, createServer } from "node:net";
import { credentials, Server, ServerCredentials, type ServiceError, status } from "@grpc/grpc-js";
import { clientOptions } from "../support/stack";

const { EngineClient, EngineService } = require("@pulumi/pulumi/proto/engine_grpc_pb");
const { GetRootResourceRequest } = require("@pulumi/pulumi/proto/engine_pb");

/**
 * Asks an engine at a port; resolves with the gRPC status. The client stays open, as the SDK's does after a program in
 * this process.
 */
function ask(port: number): Promise<number> {
    const engine = new EngineClient(`127.0.0.1:${port}`, credentials.createInsecure(), clientOptions);
    return new Promise((resolve) =>
        engine.getRootResource(new GetRootResourceRequest(), (error: ServiceError | null) =>
            resolve(error?.code ?? status.OK),
        ),
    );
}

async function freePort(): Promise<number> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    return port;
}

describe("a program in the process of its test", () => {
    it("reaches an engine that got the port of an earlier one", async () => {
        const port = await freePort();
        assert.equal(await ask(port), status.UNAVAILABLE);
        const server = new Server();
        server.addService(EngineService, {});
        await new Promise<void>((resolve, reject) =>
            server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error) =>
                error ? reject(error) : resolve(),
            ),
        );
        try {
            assert.equal(await ask(port), status.UNIMPLEMENTED);
        } finally {
            server.forceShutdown();
        }
    });
});
