import { Dns } from "section-client";
import { Slot } from "./memory";
import type { Session } from "./session";

const opened = new Slot(() => new Map<string, Dns>());

/** The DNS that the settings name, one for each list of servers: what is silent is silent for everybody in a run. */
export function openDns({ memory, settings: { resolvers } }: Session): Dns {
    const all = memory.of(opened);
    const key = resolvers?.join(",") ?? "";
    const dns = all.get(key) ?? new Dns(resolvers);
    all.set(key, dns);
    return dns;
}
