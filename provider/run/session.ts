import { Client } from "section-client";
import type { Settings } from "./settings";

/** What a lifecycle works with. */
export interface Session {
    client: Client;
    settings: Settings;
    /** Shows a person one line of what happened beside the change itself. */
    tell(line: string): void;
}

export const tell = (line: string) => void process.stdout.write(`${line}\n`);

/** A client that nobody shares: what it reads is of now. */
export function startSession(settings: Settings): Session {
    return { client: new Client({ endpoint: settings.endpoint, token: settings.token }), settings, tell };
}

const clients = new Map<string, Client>();

/** One client per endpoint and token, shared by every resource of this process: its connections and readings are. */
export function openSession(settings: Settings): Session {
    const key = `${settings.endpoint} ${settings.token}`;
    const client = clients.get(key) ?? startSession(settings).client;
    clients.set(key, client);
    return { client, settings, tell };
}
