import { type Content, type Html, html } from "section-display";
import { formatHolder } from "section-model";
import type { StoredClaim } from "../store/column";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const two = (number: number) => String(number).padStart(2, "0");

/** A moment as people write it, with a form for machines beside it. */
export function moment(at: Date): Html {
    if (Number.isNaN(at.getTime())) return html`unknown`;
    const day = `${at.getUTCDate()} ${months[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
    return html`<time datetime="${at.toISOString()}">${day}, ${two(at.getUTCHours())}:${two(at.getUTCMinutes())} UTC</time>`;
}

/** `1 site`, `1,000 sites`. */
export function count(number: number, one: string, many = `${one}s`): string {
    return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

/** A size in bytes, short. */
export function size(bytes: number): string {
    if (bytes < 1000) return count(bytes, "byte");
    const [scaled, unit] = bytes < 1_000_000 ? [bytes / 1000, "kB"] : [bytes / 1_000_000, "MB"];
    return `${scaled.toFixed(scaled < 10 ? 1 : 0)} ${unit}`;
}

/** A commit's id as people quote it. */
export function shortId(commit: string): Html {
    return html`<code class="id">${commit.slice(0, 7)}</code>`;
}

/** The first line of a commit's message. */
export function subjectOf(message: string): string {
    return message.split("\n")[0]?.trim() || "(no message)";
}

/** A hostname that may be broken between its labels when there is little room. */
export function hostnameText(hostname: string): Content[] {
    return hostname.split(".").map((label, index) => (index === 0 ? label : html`.<wbr>${label}`));
}

/** Whether the DNS led to the platform when that was last verified. */
export function liveBadge(engaged: boolean): Html {
    return engaged ? html`<span class="badge live">Live</span>` : html`<span class="badge">Not live</span>`;
}

/** Who holds a thing, if somebody does. */
export function holderNote({ claim }: { claim: StoredClaim | null }): Html | false {
    return claim !== null && html`<span class="quiet below">held by ${formatHolder(claim)}</span>`;
}

/** The same as a line of its own. */
export function holderLine(thing: { claim: StoredClaim | null }): Html | false {
    return thing.claim !== null && html`<p>${holderNote(thing)}</p>`;
}

/** The number of live ones among some hostnames. */
export function liveCount(live: number, domains: number): Html {
    if (domains === 0) return html`<span class="quiet">no hostnames</span>`;
    if (domains === 1) return liveBadge(live === 1);
    return html`<span class="badge${live === domains ? " live" : live > 0 ? " partly" : ""}">${live.toLocaleString("en")} of ${domains.toLocaleString("en")} live</span>`;
}
