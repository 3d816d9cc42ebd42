import { setTimeout as sleep } from "node:timers/promises";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Context } from "../service/context";
import { countPending } from "../service/outbox";
import { countSessions } from "../service/sessions";
import { isDatabaseReachable } from "../store/store";

/** A client that asks must also get an answer when the database hangs. */
const usualPatienceMs = 2_000;

let ofProcess: Registry | undefined;

/** Memory, processor time, event loop: of the process, whichever of its platforms is asked. */
function processRegistry(): Registry {
    if (ofProcess !== undefined) return ofProcess;
    ofProcess = new Registry();
    collectDefaultMetrics({ register: ofProcess });
    return ofProcess;
}

/** The metrics of one platform. Routes are labelled by pattern, so that ids make no new series. */
export class Metrics {
    readonly #registry = new Registry();
    readonly #duration = new Histogram({
        name: "section_http_request_seconds",
        help: "Time from request to answer",
        labelNames: ["method", "route", "status"] as const,
        buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 60],
        registers: [this.#registry],
    });
    readonly active = new Gauge({
        name: "section_http_requests_active",
        help: "Requests being answered",
        registers: [this.#registry],
    });

    answered(request: { method: string; route: string; status: number; seconds: number }): void {
        this.#duration.observe(
            { method: request.method, route: request.route, status: request.status },
            request.seconds,
        );
    }

    /** Adds a count that only grows while the process runs. */
    count(name: string, help: string, read: () => number): void {
        const registers = [this.#registry];
        const collect = function (this: Counter) {
            this.reset();
            this.inc(read());
        };
        new Counter({ name, help, registers, collect });
    }

    /** Adds a figure that is looked up whenever somebody asks; NaN when that fails or takes long. */
    watch(name: string, help: string, read: () => number | Promise<number>, patienceMs = usualPatienceMs): void {
        const registers = [this.#registry];
        const collect = async function (this: Gauge) {
            const late = sleep(patienceMs, Number.NaN, { ref: false });
            this.set(await Promise.race([late, Promise.resolve(read()).catch(() => Number.NaN)]));
        };
        new Gauge({ name, help, registers, collect });
    }

    /** The text that Prometheus reads, and its media type. */
    async expose(): Promise<{ type: string; text: string }> {
        const merged = Registry.merge([this.#registry, processRegistry()]);
        return { type: merged.contentType, text: await merged.metrics() };
    }
}

async function pingSeconds({ store }: Context): Promise<number> {
    const begunMs = performance.now();
    return (await isDatabaseReachable(store.database)) ? (performance.now() - begunMs) / 1000 : Number.NaN;
}

/** Adds counts of things that a platform holds and waits for. */
export function watchContext(metrics: Metrics, context: Context): void {
    const { repositories } = context;
    const { git } = repositories;
    metrics.count(
        "section_git_pushed_branches_total",
        "Branches moved by pushes, or by commits checked as pushes",
        () => {
            return repositories.pushedBranches;
        },
    );
    metrics.watch("section_git_processes", "git processes that run", () => git.load.running);
    metrics.watch("section_git_waiting", "git calls that wait for a place", () => git.load.waiting);
    metrics.watch("section_outbox_pending", "Changes decided in the database and not yet finished in git", () =>
        countPending(context),
    );
    metrics.watch("section_sessions", "Browsers that are signed in", () => countSessions(context));
    metrics.watch(
        "section_database_ping_seconds",
        "How long the database takes to answer, waiting for a connection included",
        () => pingSeconds(context),
    );
}
