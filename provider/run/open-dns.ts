import { Dns } from "section-client";
import { Slot } from "./memory";
import type { Session } from "./session";

const opened = new Slot(() => new Map<string, Dns>());

/** The DNS of the settings, shared in a run by list of servers: so a silent server is waited for only once. */
export function openDns({ memory, settings: { resolvers } }: Session): Dns {
    const all = memory.of(opened);
    const key = resolvers?.join(",") ?? "";
    const dns = all.get(key) ?? new Dns(resolvers);
    all.set(key, dns);
    return dns;
}
