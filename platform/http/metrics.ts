import { Counter, Gauge, Histogram, Registry } from "prom-client";

/** What one platform counts. Routes are labelled by pattern, so that ids make no new series. */
export class Metrics {
    readonly #registry = new Registry();
    readonly #duration = new Histogram({
        name: "section_http_request_seconds",
        help: "Time from request to answer",
        labelNames: ["method", "route", "status"] as const,
        buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 60],
        registers: [this.#registry],
    });
    readonly #pushes = new Counter({
        name: "section_git_pushed_branches_total",
        help: "Branches moved by pushes",
        registers: [this.#registry],
    });
    readonly active = new Gauge({ name: "section_http_requests_active", help: "Requests being answered", registers: [this.#registry] });

    answered(request: { method: string; route: string; status: number; seconds: number }): void {
        this.#duration.observe({ method: request.method, route: request.route, status: request.status }, request.seconds);
    }

    pushed(branches: number): void {
        this.#pushes.inc(branches);
    }

    /** The text that Prometheus reads, and its media type. */
    async expose(): Promise<{ type: string; text: string }> {
        return { type: this.#registry.contentType, text: await this.#registry.metrics() };
    }
}
