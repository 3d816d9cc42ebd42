import { setTimeout as sleep } from "node:timers/promises";
import { mapAtMost } from "section-display";
import { Problem } from "section-model";
import { runHealthCommand } from "./health-command";
import { runHealthRequest } from "./health-request";
import type { Place } from "./place";

export interface HealthCheckOptions {
    /** Words at blanks: a program and its arguments. */
    command?: string;
    /** With `{hostname}` in it. */
    url?: string;
    edge?: string;
    expectStatus: number;
    expectText?: string;
    /** The number of tries before a place counts as failed. */
    tries: number;
    /** Before the first try and between tries. */
    settleMs: number;
    timeoutMs: number;
}

/** Undefined: healthy. Else the check's last words. */
export type HealthCheck = (place: Place, signal: AbortSignal) => Promise<string | undefined>;

export interface Health {
    place: Place;
    /** Undefined when it is healthy. */
    words?: string;
}

const checkedAtOnce = 8;

function urlOf(template: string, hostname: string): URL {
    const text = template.replaceAll("{hostname}", hostname);
    if (URL.canParse(text) && /^https?:/i.test(text)) return new URL(text);
    throw new Problem("invalid-input", `${template} is not the URL of a page`, {
        remedy: "Write --check-url like 'https://{hostname}/health'",
    });
}

/** Makes a check that tries a place once. Undefined if the options name no check. */
export function makeHealthCheck(options: HealthCheckOptions): HealthCheck | undefined {
    const { command, url, edge, expectStatus, expectText, timeoutMs } = options;
    if (url !== undefined) urlOf(url, "www.example.com");
    if (command === undefined && url === undefined) return undefined;
    return async (place, signal) => {
        const words: (string | undefined)[] = [];
        for (const hostname of url === undefined ? [] : place.hostnames)
            words.push(
                await runHealthRequest({
                    url: urlOf(url as string, hostname),
                    edge,
                    expectStatus,
                    expectText,
                    timeoutMs,
                    signal,
                }),
            );
        if (command !== undefined) {
            const environment = {
                SITE: place.site,
                CLIENT: place.client,
                ENVIRONMENT: place.environment,
                HOSTNAMES: place.hostnames.join(" "),
                COMMIT: place.commit ?? "",
            };
            words.push(
                await runHealthCommand({ command: command.trim().split(/\s+/), environment, timeoutMs, signal }),
            );
        }
        const wrong = words.filter(Boolean);
        return wrong.length > 0 ? wrong.join("\n") : undefined;
    };
}

export interface CheckRun extends Pick<HealthCheckOptions, "tries" | "settleMs"> {
    signal: AbortSignal;
    /** Called when a place's check has ended. */
    tell(health: Health): void;
}

/**
 * Checks places, several at once; each is asked again before it counts as failed. Ends early, with an error, when it is
 * aborted.
 */
export async function checkPlaces(
    check: HealthCheck,
    places: readonly Place[],
    { tries, settleMs, signal, tell }: CheckRun,
): Promise<Health[]> {
    await sleep(settleMs, undefined, { signal });
    return mapAtMost(checkedAtOnce, places, async (place) => {
        let words: string | undefined;
        for (let count = 1; count <= tries; count += 1) {
            if (count > 1) await sleep(settleMs, undefined, { signal });
            words = await check(place, signal);
            signal.throwIfAborted();
            if (words === undefined) break;
        }
        const health: Health = { place, ...(words !== undefined && { words }) };
        tell(health);
        return health;
    });
}
