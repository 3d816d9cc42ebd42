import { setTimeout as sleep } from "node:timers/promises";
import { log, runtime } from "@pulumi/pulumi";
import { duringPrograms } from "./during-programs";

type Debug = typeof log.debug;
type Engine = NonNullable<ReturnType<typeof runtime.getEngine>>;

/** The end of a program waits for it once. */
const gatherMs = 20;

/** Sends messages to one engine: all that come within a moment go together. */
class DebugSender {
    #waiting: string[] = [];
    #isSending = false;

    constructor(readonly send: Debug) {}

    add(message: string): void {
        this.#waiting.push(message);
        if (!this.#isSending) void this.#sendAll();
    }

    async #sendAll(): Promise<void> {
        this.#isSending = true;
        const permitEnd = runtime.rpcKeepAlive(); // or the program would end before the last ones are sent
        while (this.#waiting.length > 0) {
            await sleep(gatherMs);
            await this.send(this.#waiting.splice(0).join("\n"));
        }
        this.#isSending = false;
        permitEnd();
    }
}

/** `send` with fewer requests. Messages about a resource or of a stream go as they are. */
function joining(send: Debug): Debug {
    const senders = new WeakMap<Engine, DebugSender>();
    return async (message, ...about) => {
        const engine = runtime.getEngine();
        if (engine === undefined || about.some((each) => each !== undefined)) return send(message, ...about);
        const sender = senders.get(engine) ?? new DebugSender(send);
        senders.set(engine, sender);
        sender.add(message);
    };
}

function begin(): () => void {
    const { debug } = log;
    const joined = joining(debug);
    // an SDK in a bundle does not let itself be changed; then all stays as it is
    Reflect.set(log, "debug", joined);
    return () => {
        if (log.debug === joined) Reflect.set(log, "debug", debug);
    };
}

/**
 * From the first declaration of a program to its end, debug messages of the SDK go to the engine together.
 *
 * The SDK writes three for each resource, one with all its properties, and sends each in a request of its own, one
 * after the other, also if nobody asked for them: three of four requests of a program. `pulumi up --debug` shows them
 * all, in their order.
 */
export function joinDebugMessages(): void {
    duringPrograms(begin);
}
