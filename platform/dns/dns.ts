import { Resolver } from "node:dns/promises";
import type { RecordData, RecordType } from "./record-data";

/** The answer of the DNS to one question. */
export interface DnsAnswer<T> {
    /** None, when the DNS says that there are none or when it says nothing. */
    records: T[];
    /**
     * The reason why the answer is unknown: the servers failed or did not answer. Undefined when `records` is complete.
     */
    failure?: string;
}

/** Types that the DNS itself knows. */
export type QuestionType = Exclude<RecordType, "ALIAS">;

const timeoutMs = 1500;
const tries = 2;
const longestChain = 10;

/** The answers of the DNS when there is nothing; every other failure says nothing about the name. */
const nothing = new Set(["ENOTFOUND", "ENODATA"]);

const meanings: Record<string, string> = {
    ESERVFAIL: "the DNS servers failed (SERVFAIL)",
    ETIMEOUT: "the DNS servers did not answer in time",
    EREFUSED: "the DNS servers refused the question",
    ECONNREFUSED: "no DNS server can be reached",
};

const withoutDot = (name: string) => name.toLowerCase().replace(/\.$/, "") || ".";

/** Asks for the records of each type, in the form of a zone's data. */
const questions: Record<QuestionType, (resolver: Resolver, name: string) => Promise<RecordData[]>> = {
    A: (resolver, name) => resolver.resolve4(name),
    AAAA: (resolver, name) => resolver.resolve6(name),
    CNAME: async (resolver, name) => (await resolver.resolveCname(name)).map(withoutDot),
    NS: async (resolver, name) => (await resolver.resolveNs(name)).map(withoutDot),
    TXT: async (resolver, name) => (await resolver.resolveTxt(name)).map((chunks) => chunks.join("")),
    MX: async (resolver, name) =>
        (await resolver.resolveMx(name)).map(({ priority, exchange }) => ({
            preference: priority,
            exchange: withoutDot(exchange),
        })),
    SRV: async (resolver, name) =>
        (await resolver.resolveSrv(name)).map(({ priority, weight, port, name: target }) => ({
            priority,
            weight,
            port,
            target: withoutDot(target),
        })),
    CAA: async (resolver, name) =>
        (await resolver.resolveCaa(name)).map(({ critical, ...rest }) => {
            const [tag = "", value = ""] = Object.entries(rest).find(([key]) => key !== "type") ?? [];
            return { flags: critical, tag, value: String(value) };
        }),
};

/**
 * The DNS as the platform sees it. Tells "there is none" from "nobody knows", which the system's own look-ups do not.
 */
export class Dns {
    readonly #resolver = new Resolver({ timeout: timeoutMs, tries });

    /** @param servers `address` or `address:port` each; the system's own when there are none */
    constructor(servers: readonly string[] = []) {
        if (servers.length > 0) this.#resolver.setServers([...servers]);
    }

    /** The records of a name and a type, sorted, so that the same DNS gives the same answer. */
    async ask(type: QuestionType, name: string): Promise<DnsAnswer<RecordData>> {
        try {
            const records = await questions[type](this.#resolver, name);
            return { records: records.sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1)) };
        } catch (error) {
            const { code = "" } = error as NodeJS.ErrnoException;
            if (nothing.has(code)) return { records: [] };
            return {
                records: [],
                failure: meanings[code] ?? `the DNS look-up failed (${code || (error as Error).message})`,
            };
        }
    }

    /** The IPv4 addresses of a name, behind all its aliases. */
    async addresses(name: string): Promise<DnsAnswer<string>> {
        return (await this.ask("A", name)) as DnsAnswer<string>;
    }

    /** The chain of aliases that a name follows, nearest first. */
    async aliases(name: string): Promise<DnsAnswer<string>> {
        const chain: string[] = [];
        for (let at = name; chain.length < longestChain; ) {
            const { records, failure } = (await this.ask("CNAME", at)) as DnsAnswer<string>;
            if (failure !== undefined) return { records: chain, failure };
            const [next] = records;
            if (next === undefined || chain.includes(next)) break;
            chain.push(next);
            at = next;
        }
        return { records: chain };
    }
}
