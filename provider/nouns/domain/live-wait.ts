import type { EnvironmentPlace } from "section-client";
import { type LiveState, verifyDomain } from "section-client";
import { type DnsRecord, isProblem, Problem } from "section-model";
import type { Session } from "../../run/session";
import { describeDns } from "./dns-preflight";

/** The longest wait for a hostname to go live, unless declared. */
const defaultTimeoutSeconds = 600;
const firstPauseMs = 1_000;
const longestPauseMs = 30_000;
const growth = 1.5;

export interface LiveWait {
    place: EnvironmentPlace;
    record: DnsRecord;
    isIssued: boolean;
    timeoutSeconds?: number;
}

/** A platform that is busy or unreachable for a moment does not end a wait of minutes. */
function isPassing(error: unknown): boolean {
    return (
        isProblem(error) && (error.isUncertain || ["overloaded", "rate-limited", "unreachable"].includes(error.code))
    );
}

async function look({ client }: Session, { place, record }: LiveWait): Promise<LiveState> {
    return verifyDomain(client, place, record.name).catch((error) => {
        if (!isPassing(error)) throw error;
        return { isEngaged: false, unanswered: (error as Problem).detail };
    });
}

const seconds = (ms: number) => `${Math.max(1, Math.round(ms / 1000))} s`;

/** Waits until the platform reports a hostname as live, and tells the reason for the wait. */
export async function waitUntilLive(session: Session, wait: LiveWait): Promise<void> {
    const { record, timeoutSeconds = defaultTimeoutSeconds, isIssued } = wait;
    const { name } = record;
    const begin = Date.now();
    const giveUpAt = begin + timeoutSeconds * 1000;
    let shown = "";
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * growth, longestPauseMs)) {
        const { isEngaged, unanswered } = await look(session, wait);
        if (isEngaged) {
            if (shown !== "") session.tell(`${name} is live after ${seconds(Date.now() - begin)}`);
            return;
        }
        const lines = await describeDns(session, record, isIssued);
        const leftMs = giveUpAt - Date.now();
        if (leftMs <= 0) {
            throw new Problem("domain-not-live", `${name} is attached and not live after ${timeoutSeconds} seconds`, {
                remedy: "Set its DNS record and run `pulumi up` again, which goes on waiting",
                lines: lines.length > 0 ? lines : [`${name} ${record.type}: expected ${record.value}`],
            });
        }
        if (lines.join("\n") !== shown) for (const line of lines) session.tell(line);
        shown = lines.join("\n");
        const nextMs = Math.min(pauseMs, leftMs);
        const why = unanswered === undefined ? "" : ` (${unanswered})`;
        session.tell(
            `${name} is not live yet${why}; looking again in ${seconds(nextMs)}, giving up in ${seconds(leftMs)}`,
        );
        if (!(await session.client.halt.pause(nextMs)))
            throw new Problem("stopped", `${name} is attached and not live yet: the wait for that was stopped`, {
                lines,
            });
    }
}
