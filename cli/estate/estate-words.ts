import type { Mood } from "../report/document";
import { sayCount } from "../report/say-count";
import { type DomainReport, type Live, type SeenCertificate, type SiteReport, soonDays } from "./report";

export interface Said {
    words: string;
    mood: Mood;
}

export const notKnown: Said = { words: "not known", mood: "quiet" };

const liveWords: Record<Live, Said> = {
    yes: { words: "live", mood: "good" },
    partly: { words: "partly live", mood: "wait" },
    no: { words: "not live", mood: "wait" },
    "not known": { words: "live state not known", mood: "quiet" },
};

export function saySiteLive(live: Live): Said {
    return liveWords[live];
}

export function sayDomainLive({ live }: Pick<DomainReport, "live">): Said {
    return saySiteLive(live === undefined ? "not known" : live ? "yes" : "no");
}

/** Says how many days are left: `64 days left`, `ended 3 days ago`. */
export function sayDaysLeft(daysLeft: number): Said {
    if (daysLeft < 0) return { words: `ended ${sayCount(-daysLeft, "day")} ago`, mood: "bad" };
    return { words: `${sayCount(daysLeft, "day")} left`, mood: daysLeft < soonDays ? "bad" : "quiet" };
}

/** For a column of this name. */
export function sayCertificate(certificate: SeenCertificate | undefined): Said {
    if (certificate === undefined) return { words: "certificate not known", mood: "quiet" };
    if (!certificate.configured) return { words: "no certificate yet", mood: "quiet" };
    if (certificate.daysLeft === undefined) return { words: "certificate, its end is not known", mood: "quiet" };
    const { words, mood } = sayDaysLeft(certificate.daysLeft);
    return { words: mood === "bad" ? `certificate ${words}` : words, mood };
}

/** `varnish:6.3.1`, with the proxy's name in front where the image's differs. */
export function sayProxy({ name, image }: { name: string; image: string }): string {
    return image.split(":", 1).join() === name ? image : `${name} ${image}`;
}

/** The address that names a site to people. */
export function siteName({ hostname, pathPrefix }: Pick<SiteReport, "hostname" | "pathPrefix">): string {
    return pathPrefix === "/" ? hostname : hostname + pathPrefix;
}

/** `2026-11-25 03:51 UTC` */
export function sayMinute(at: string): string {
    return `${at.slice(0, 16).replace("T", " ")} UTC`;
}

/** The subject of a gap: `1335/7171`, `3 things`, `everything`. */
export function sayOf(ids: readonly string[]): string {
    if (ids.length === 0) return "everything";
    return ids.length === 1 ? (ids[0] as string) : sayCount(ids.length, "thing");
}
