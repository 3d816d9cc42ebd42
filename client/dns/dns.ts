import type { CaaRecord } from "node:dns";
import { Resolver } from "node:dns/promises";

/** The answer of the DNS to one question. `failure` is the reason why there is none. */
export interface Answer<T> {
    records: T[];
    failure?: string;
}

export interface Address {
    address: string;
    ttl: number;
}

const triesMs = 1000;
const tries = 2;
/** After this many names in a row without an answer, the servers count as silent. */
const silentNames = 2;
const silenceMs = 30_000;

const reasons: Record<string, string> = {
    ETIMEOUT: "the DNS servers did not answer in time",
    ECONNREFUSED: "no DNS server can be reached",
    ESERVFAIL: "the DNS servers failed",
    EREFUSED: "the DNS servers refuse to answer",
};

/**
 * Asks DNS servers, and stops asking for a while when they are silent: a preview of a hundred names must not wait a
 * hundred times.
 */
export class Dns {
    readonly #resolver = new Resolver({ timeout: triesMs, tries });
    readonly #unanswered = new Set<string>();
    #silentUntil = 0;

    /** @param servers texts that `isDnsServer` accepts; none asks nobody. Default: the servers of this machine */
    constructor(servers?: readonly string[]) {
        if (servers !== undefined) this.#resolver.setServers(servers);
    }

    aliases = (name: string): Promise<Answer<string>> => this.#ask(name, () => this.#resolver.resolveCname(name));
    addresses = (name: string): Promise<Answer<Address>> =>
        this.#ask(name, () => this.#resolver.resolve4(name, { ttl: true }));
    ipv6 = (name: string): Promise<Answer<string>> => this.#ask(name, () => this.#resolver.resolve6(name));
    nameServers = (name: string): Promise<Answer<string>> => this.#ask(name, () => this.#resolver.resolveNs(name));
    caa = (name: string): Promise<Answer<CaaRecord>> => this.#ask(name, () => this.#resolver.resolveCaa(name));

    async #ask<T>(name: string, question: () => Promise<T[]>): Promise<Answer<T>> {
        if (Date.now() < this.#silentUntil) return { records: [], failure: reasons.ETIMEOUT };
        try {
            const records = await question();
            this.#unanswered.clear();
            return { records };
        } catch (error) {
            return { records: [], failure: this.#failureOf(name, error as NodeJS.ErrnoException) };
        }
    }

    #failureOf(name: string, { code = "", message }: NodeJS.ErrnoException): string | undefined {
        if (code === "ETIMEOUT") {
            this.#unanswered.add(name);
            if (this.#unanswered.size >= silentNames) this.#silentUntil = Date.now() + silenceMs;
        } else this.#unanswered.clear();
        if (code === "ENOTFOUND" || code === "ENODATA") return undefined;
        return reasons[code] ?? `the DNS look-up failed (${code || message})`;
    }
}
