import type { Client } from "section-client";
import type { Memory } from "./memory";
import type { Settings } from "./settings";

/** What a question of the engine, or a command, is answered with. */
export interface Session {
    client: Client;
    settings: Settings;
    /** What the run remembers that this is part of. */
    memory: Memory;
    /** Shows a person one line of what happened beside the change itself. */
    tell(line: string): void;
}

export const tell = (line: string) => void process.stdout.write(`${line}\n`);
