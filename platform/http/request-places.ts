import type { FastifyRequest } from "fastify";
import { Problem } from "section-model";

declare module "fastify" {
    interface FastifyInstance {
        /** Missing on a server that was not made by createServer. */
        places?: RequestPlaces;
    }
}

/** An answer that waits for its client is held in memory: each piece of so many bytes takes a place of its own. */
const bytesOfPlace = 256 * 1024;

interface Held {
    /** Undefined until it is known. */
    client: string | undefined;
    places: number;
}

/**
 * The requests that are answered at the same time. While there are few, everybody gets a place. When all are taken,
 * those who have less than their share still get one: what one client never finishes turns nobody else away.
 */
export class RequestPlaces {
    readonly #held = new Map<FastifyRequest, Held>();
    /** Places by client. */
    readonly #taken = new Map<string, number>();
    #count = 0;

    constructor(private readonly most: number) {}

    /** Takes a place for a request whose client is not known yet. @throws Problem `overloaded` */
    enter(request: FastifyRequest): void {
        if (this.#count >= 2 * this.most) throw tooMany();
        this.#held.set(request, { client: undefined, places: 0 });
        this.#add(request, 1);
    }

    /** Says whose a request is: a user's, or an address's when nobody is signed in. @throws Problem `overloaded` */
    claim(request: FastifyRequest, client: string): void {
        const held = this.#held.get(request);
        if (held === undefined || held.client !== undefined) return;
        const taken = this.#taken.get(client) ?? 0;
        const clients = this.#taken.size + (taken === 0 ? 1 : 0);
        if (this.#count > this.most && taken >= Math.max(1, Math.floor(this.most / clients))) throw tooMany();
        held.client = client;
        this.#taken.set(client, taken + held.places);
    }

    /** Counts the bytes of an answer that is about to be sent. */
    weigh(request: FastifyRequest, bytes: number): void {
        this.#add(request, Math.floor(bytes / bytesOfPlace));
    }

    leave(request: FastifyRequest): void {
        const held = this.#held.get(request);
        if (held === undefined) return;
        this.#add(request, -held.places);
        this.#held.delete(request);
    }

    #add(request: FastifyRequest, places: number): void {
        const held = this.#held.get(request);
        if (held === undefined) return;
        held.places += places;
        this.#count += places;
        if (held.client === undefined) return;
        const taken = (this.#taken.get(held.client) ?? 0) + places;
        if (taken === 0) this.#taken.delete(held.client);
        else this.#taken.set(held.client, taken);
    }
}

function tooMany(): Problem {
    return new Problem("overloaded", "too many requests are being answered", { retryAfterSeconds: 2 });
}
