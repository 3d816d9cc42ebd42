import type { Socket } from "node:net";
import { Problem } from "section-model";
import { jsonType } from "./answer";
import { problemToWire } from "./problem-to-wire";
import { makeTransactionId } from "./transaction-id";

const reasons: Record<number, string> = {
    400: "Bad Request",
    408: "Request Timeout",
    431: "Request Header Fields Too Large",
    503: "Service Unavailable",
};

function problemFor(code: string | undefined): Problem {
    if (code === "ERR_HTTP_REQUEST_TIMEOUT") return new Problem("too-slow", "the request did not arrive in time");
    if (code === "HPE_HEADER_OVERFLOW")
        return new Problem("head-too-large", "the head of the request is larger than this platform accepts");
    return new Problem("invalid-input", "the request is not HTTP");
}

/**
 * Answers on a connection on which no request could be made out, then closes it. The answer looks like every other one.
 */
export function refuseConnection(socket: Socket, problem: Problem, transaction = makeTransactionId()): void {
    if (!socket.writable) {
        socket.destroy();
        return;
    }
    const { status, headers, body } = problemToWire(problem, false);
    const text = JSON.stringify(body);
    const head = [
        `HTTP/1.1 ${status} ${reasons[status] ?? ""}`,
        `Aperture-Tx-Id: ${transaction}`,
        `Content-Type: ${jsonType}`,
        "Cache-Control: no-store",
        ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
        `Content-Length: ${Buffer.byteLength(text)}`,
        "Connection: close",
    ];
    socket.end(`${head.join("\r\n")}\r\n\r\n${text}`, () => socket.destroy());
}

/** Ends a connection that sends no HTTP, too much of it, or too slowly. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
    if (error.code === "ECONNRESET" || socket.destroyed) socket.destroy();
    else refuseConnection(socket, problemFor(error.code));
}
