import type { IncomingMessage, ServerResponse } from "node:http";
import type { Server, Socket } from "node:net";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Logger } from "pino";
import { Problem } from "section-model";
import { networkOf } from "../auth/client-network";
import { refuseConnection } from "./client-error";
import { LineBudget } from "./line-budget";
import { type Connection, WaitingConnections } from "./waiting-connections";

export interface ConnectionLimits {
    /** Connections of all clients: the files that they may take. */
    most: number;
    /** Of one network, those on which a request is waited for; 0 is no limit. */
    mostWaiting: number;
    /** Says that an address is a proxy's, whose connections are those of many clients. */
    isTrusted(address: string | undefined): boolean;
    log: Pick<Logger, "warn">;
}

/** Connections above the limit that get an answer before they are closed. */
const heardOut = 16;
/** A minute. */
const mostLines = 10;

const peerOf = ({ remoteAddress, remotePort }: Socket) => `${remoteAddress} ${remotePort}`;

/**
 * Keeps clients from taking the files and the memory of the platform by connections on which it waits for a request:
 * silent ones, heads that trickle, and those that are kept for later. Where there are too many of one network, or too
 * many in all, one of them is closed, so the next client gets in. If the platform waits for none, the next client is
 * answered once, with 503.
 */
export class ConnectionLimit {
    /** By peer: with TLS a connection has one socket before and one after the handshake. */
    readonly #connections = new Map<string, Connection>();
    readonly #surplus = new WeakSet<Connection>();
    readonly #waiting = new WaitingConnections();
    readonly #waitingOf = new Map<string, WaitingConnections>();
    readonly #lines = new LineBudget(mostLines);
    #open = 0;

    constructor(private readonly limits: ConnectionLimits) {}

    watch(server: Server): void {
        server.on("connection", (socket: Socket) => this.#begin(socket));
        server.on("secureConnection", (socket: Socket) => {
            const connection = this.#connections.get(peerOf(socket));
            if (connection !== undefined) Object.assign(connection, { socket, heardBytes: socket.bytesRead });
        });
        server.on("request", ({ socket }: IncomingMessage, response: ServerResponse) => {
            const connection = this.#connections.get(peerOf(socket));
            if (connection === undefined) return;
            connection.underWay += 1;
            this.#forget(connection);
            response.once("close", () => this.#endRequest(connection));
        });
    }

    /** @throws Problem `overloaded` for a request on a connection above the limit, which its answer closes */
    refuse({ raw }: FastifyRequest, reply: FastifyReply): void {
        const connection = this.#connections.get(peerOf(raw.socket));
        if (connection === undefined || !this.#surplus.has(connection)) return;
        reply.header("connection", "close");
        throw new Problem("overloaded", "too many connections are open", { retryAfterSeconds: 5 });
    }

    #begin(socket: Socket): void {
        const { remoteAddress } = socket;
        const network = this.limits.isTrusted(remoteAddress) ? undefined : networkOf(remoteAddress);
        const connection = { socket, network, isNew: true, underWay: 0, heardBytes: 0 };
        const peer = peerOf(socket);
        this.#connections.set(peer, connection);
        this.#open += 1;
        socket.once("close", () => {
            this.#open -= 1;
            this.#forget(connection);
            if (this.#connections.get(peer) === connection) this.#connections.delete(peer);
        });
        if (this.#open > this.limits.most && !this.#closeOne(this.#waiting, "too many connections are open")) {
            if (this.#open > this.limits.most + heardOut) socket.destroy();
            else this.#surplus.add(connection);
        }
        this.#await(connection);
    }

    #endRequest(connection: Connection): void {
        connection.underWay -= 1;
        if (connection.underWay > 0 || connection.socket.destroyed) return;
        connection.isNew = false;
        connection.heardBytes = connection.socket.bytesRead;
        this.#await(connection);
    }

    #await(connection: Connection): void {
        const { network } = connection;
        if (network !== undefined) {
            const { mostWaiting } = this.limits;
            const ofNetwork = this.#waitingOf.get(network) ?? new WaitingConnections();
            if (mostWaiting > 0 && ofNetwork.size >= mostWaiting)
                this.#closeOne(ofNetwork, `more than ${mostWaiting} connections of this address send no request`);
            this.#waitingOf.set(network, ofNetwork.add(connection));
        }
        this.#waiting.add(connection);
    }

    #forget(connection: Connection): void {
        this.#waiting.delete(connection);
        const { network = "" } = connection;
        const ofNetwork = this.#waitingOf.get(network);
        ofNetwork?.delete(connection);
        if (ofNetwork?.size === 0) this.#waitingOf.delete(network);
    }

    /** Closes the connection that has been waited for longest. One that has sent a part of a head is told why. */
    #closeOne(waiting: WaitingConnections, reason: string): boolean {
        const connection = waiting.longest();
        if (connection === undefined) return false;
        this.#forget(connection);
        const { socket, heardBytes, network } = connection;
        const unlogged = this.#lines.take();
        if (unlogged !== undefined)
            this.limits.log.warn(
                { address: network ?? socket.remoteAddress, ...(unlogged > 0 && { unlogged }) },
                `a connection without a request was closed: ${reason}`,
            );
        this.#surplus.add(connection); // a request that still comes is not answered twice
        if (socket.bytesRead === heardBytes) socket.destroy();
        else refuseConnection(socket, new Problem("overloaded", reason, { retryAfterSeconds: 5 }));
        return true;
    }
}
