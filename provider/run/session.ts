import type { Client } from "section-client";
import type { Memory } from "./memory";
import type { Settings } from "./settings";

/** Everything that is needed to answer a question of the engine, or a command. */
export interface Session {
    client: Client;
    settings: Settings;
    /** The memory of this session's run. */
    memory: Memory;
    /** The resource that the engine asks about, in words. Undefined for other work. */
    thing?: string;
    /** Shows a person one line beside the change itself. */
    tell(line: string): void;
}

export const tell = (line: string) => void process.stdout.write(`${line}\n`);
