import type { Socket } from "node:net";

/** A connection of a client. */
export interface Connection {
    socket: Socket;
    /** Undefined for a proxy, which is not one client. */
    network: string | undefined;
    /** No request has come by it yet. */
    isNew: boolean;
    /** Requests that are being answered. */
    underWay: number;
    /** Bytes that had come when the wait for a request began. */
    heardBytes: number;
}

/** Connections on which a request is waited for, in the order in which that began. */
export class WaitingConnections {
    readonly #new = new Set<Connection>();
    readonly #kept = new Set<Connection>();

    get size(): number {
        return this.#new.size + this.#kept.size;
    }

    add(connection: Connection): this {
        (connection.isNew ? this.#new : this.#kept).add(connection);
        return this;
    }

    delete(connection: Connection): void {
        this.#new.delete(connection);
        this.#kept.delete(connection);
    }

    /**
     * The one that has been waited for longest, of the more numerous kind: new connections in a crowd of silent ones,
     * and those that are kept for later in a crowd of these. Clients of the other kind are none of that crowd.
     */
    longest(): Connection | undefined {
        const [longest] = this.#new.size >= this.#kept.size ? this.#new : this.#kept;
        return longest;
    }
}
