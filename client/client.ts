import { Agent } from "node:http";
import { Agent as SecureAgent } from "node:https";
import type { AxiosInstance, AxiosStatic } from "axios";
import type { AxiosRetry } from "axios-retry";
import { Problem } from "section-model";
import type { z } from "zod";
import type { Connection } from "./connection";
import { failureOf } from "./failure";
import { Halt } from "./halt";
import { refuseElsewhere } from "./no-platform";
import { Readings } from "./reading";
import { retryPolicy } from "./retry";
import { Silence } from "./silence";

/** The longest waits for an answer. */
export interface Timing {
    /** For the first answer of all: it shows that there is somebody. */
    contactMs: number;
    readMs: number;
    writeMs: number;
}

/** A platform may take two minutes to make a site. */
export const usualTiming: Timing = { contactMs: 10_000, readMs: 60_000, writeMs: 5 * 60_000 };

/** Enough for a high value of `--parallel`. */
const connections = 64;

type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** The change of a shared reading by a write. */
export interface Amendment {
    path: string;
    change(reading: never): unknown;
}

export interface WriteOptions<T> {
    body?: unknown;
    /** The schema of the answer. Without one the answer is not read. */
    answer?: z.ZodType<T>;
    /** Paths of shared readings that this write makes stale. */
    forgets: readonly string[];
    /** Those of them that the answer tells the change of: they are changed in place of being forgotten. */
    amends?(answer: T): readonly Amendment[];
    /** The beginning of more such paths. */
    forgetsBelow?: string;
}

/** Speaks to one endpoint as one user. */
export class Client {
    #http: AxiosInstance | undefined;
    readonly #readings = new Readings();
    readonly #facts = new Map<string, Promise<unknown>>();
    readonly #silence = new Silence();

    constructor(
        readonly connection: Connection,
        private readonly timing = usualTiming,
        readonly halt = new Halt(),
    ) {}

    /**
     * Reads a path. Calls for the same path within seconds share one request.
     *
     * @param answer its schema, or a function that makes it if a request is sent
     * @param mayBeStale an answer of the last seconds will do, even if something was written since
     */
    read<T>(path: string, answer: z.ZodType<T> | (() => z.ZodType<T>), { mayBeStale = false } = {}): Promise<T> {
        return this.#readings.share(mayBeStale ? `older ${path}` : path, () =>
            this.#request("GET", path, undefined, typeof answer === "function" ? answer() : answer),
        );
    }

    /** True while a reading of a path would share an earlier answer. */
    hasRead(path: string): boolean {
        return this.#readings.has(path);
    }

    /** Makes the next reading of a path send a request, unless a newer answer than `answer` was requested since. */
    forget(path: string, answer: Promise<unknown>): void {
        this.#readings.forgetAnswer(path, answer);
    }

    /** Asks once for a fact that does not change during a run. Failures are not kept. */
    once<T>(fact: string, ask: () => Promise<T>): Promise<T> {
        const known = this.#facts.get(fact);
        if (known !== undefined) return known as Promise<T>;
        const answer = ask();
        this.#facts.set(fact, answer);
        answer.catch(() => this.#facts.delete(fact));
        return answer;
    }

    /** Sends a request that does something, so that its answer is never shared. One GET of v1 does something too. */
    async write<T = void>(method: Method, path: string, options: WriteOptions<T>): Promise<T> {
        const { body, answer, forgets, amends, forgetsBelow } = options;
        let amendments: readonly Amendment[] = [];
        try {
            const written = await this.#request(method, path, body, answer);
            amendments = amends?.(written) ?? [];
            return written;
        } finally {
            // also after a failure: the platform may have done the write
            this.#readings.forget(...forgets.filter((each) => !amendments.some((amended) => amended.path === each)));
            if (forgetsBelow !== undefined) this.#readings.forgetBelow(forgetsBelow);
            for (const amended of amendments) this.#readings.amend(amended.path, amended.change);
        }
    }

    async #request<T>(method: Method, path: string, body: unknown, answer: z.ZodType<T> | undefined): Promise<T> {
        this.#http ??= openHttp(this.connection);
        const http = this.#http;
        const isRead = method === "GET";
        const { contactMs, readMs, writeMs } = this.timing;
        const timeout = !isRead ? writeMs : this.#silence.isBroken ? readMs : Math.min(contactMs, readMs);
        const ask = (signal: AbortSignal, tellPause: (ms: number) => void) =>
            http
                .request({ method, url: path, data: body, timeout, signal, "axios-retry": retryPolicy(tellPause) })
                .catch((error) => Promise.reject(failureOf(error, this.connection)));
        const response = await this.#silence.listen(isRead, (silent) =>
            this.halt.listen(`${method} ${path}`, isRead, (stopped, tellPause) =>
                ask(AbortSignal.any([silent, stopped]), tellPause),
            ),
        );
        if (answer === undefined) return undefined as T;
        const parsed = answer.safeParse(response.data);
        if (parsed.success) return parsed.data;
        const elsewhere = refuseElsewhere(response, this.connection);
        if (elsewhere !== undefined) throw elsewhere;
        const [issue] = parsed.error.issues;
        throw new Problem(
            "unsupported",
            `${method} ${path} at ${this.connection.endpoint} gave an answer that is not v1: ${issue?.path.join(".")} ${issue?.message}`,
            {
                remedy: `Check that ${this.connection.setBy?.endpoint ?? "SECTION_ENDPOINT"} names a Section platform`,
            },
        );
    }
}

/** Loads axios with the first request: a preview without changes sends none, and need not wait for it. */
function openHttp({ endpoint, token }: Connection): AxiosInstance {
    const axios: AxiosStatic = require("axios");
    const { default: axiosRetry }: { default: AxiosRetry } = require("axios-retry");
    const http = axios.create({
        baseURL: `${endpoint}/api/v1`,
        headers: { "section-token": token, "user-agent": "pulumi-section/0.1.0", accept: "application/json" },
        maxRedirects: 0,
        httpAgent: new Agent({ keepAlive: true, maxSockets: connections }),
        httpsAgent: new SecureAgent({ keepAlive: true, maxSockets: connections }),
    });
    axiosRetry(http);
    return http;
}
