import type { Client } from "section-client";
import { client as late } from "./late-module";
import { Memory } from "./memory";
import { type Session, tell as tellPerson } from "./session";
import type { Settings } from "./settings";
import { sayUnchecked } from "./unchecked";
import { sayMoreWarnings } from "./warnings";

/**
 * One operation of the engine with one provider, one program, or one command. It owns everything that is remembered
 * between two questions. The engine starts a process for each operation and provider.
 */
export class Run {
    readonly memory = new Memory();
    readonly #clients = new Map<string, Client>();
    #isStopped = false;

    /** @param tell shows a person a line */
    constructor(private readonly tell: Session["tell"] = tellPerson) {}

    /**
     * A session with the run's client for this endpoint and token: one client, so that connections and readings are
     * shared.
     */
    openSession(settings: Settings): Session {
        const { endpoint, token, setBy, contactMs = late.usualTiming.contactMs } = settings;
        const key = `${endpoint} ${token}`;
        const client =
            this.#clients.get(key) ?? new late.Client({ endpoint, token, setBy }, { ...late.usualTiming, contactMs });
        this.#clients.set(key, client);
        if (this.#isStopped) client.halt.begin();
        return { client, settings, memory: this.memory, tell: this.tell };
    }

    /** Ends what waits, because a person has asked for it. Work that has begun has a little time to be whole. */
    stop(): void {
        this.#isStopped = true;
        for (const { halt } of this.#clients.values()) halt.begin();
    }

    /** Tells what is known only at the end of an operation. */
    end(): void {
        const line = sayUnchecked(this.memory);
        if (line !== undefined) this.tell(line);
        sayMoreWarnings(this.memory).forEach(this.tell);
    }
}

/** A session with a run of its own. It shares no readings, so that they are fresh. */
export function startSession(settings: Settings): Session {
    return new Run().openSession(settings);
}
