import { Client } from "section-client";
import { Memory } from "./memory";
import { type Session, tell } from "./session";
import type { Settings } from "./settings";

/**
 * One operation of the engine upon one of its providers, one program or one command: whatever is remembered between two
 * questions hangs on it. The engine starts a process for each operation and provider.
 */
export class Run {
    readonly memory = new Memory();
    readonly #clients = new Map<string, Client>();

    /** One client per endpoint and token, shared by everybody in this run: its connections and readings are. */
    openSession(settings: Settings): Session {
        const { endpoint, token } = settings;
        const key = `${endpoint} ${token}`;
        const client = this.#clients.get(key) ?? new Client({ endpoint, token });
        this.#clients.set(key, client);
        return { client, settings, memory: this.memory, tell };
    }
}

/** A session of a run of its own, which nobody shares: what it reads is of now. */
export function startSession(settings: Settings): Session {
    return new Run().openSession(settings);
}
