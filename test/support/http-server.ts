import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Script {
    url: string;
    /** Method and path of every request. */
    requests: string[];
    close(): Promise<void>;
}

/** An endpoint that gives the answers of a test, such as those that no real platform gives on demand. */
export async function startScript(
    answer: (request: IncomingMessage, response: ServerResponse, count: number) => void,
): Promise<Script> {
    const requests: string[] = [];
    const server = createServer((request, response) => {
        requests.push(`${request.method} ${request.url}`);
        request.resume().once("end", () => answer(request, response, requests.length));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return {
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        requests,
        close: () =>
            new Promise((resolve) => {
                server.close(() => resolve());
                server.closeAllConnections();
            }),
    };
}
