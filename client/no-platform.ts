import type { AxiosResponse } from "axios";
import { Problem } from "section-model";
import { type Connection, sayEndpoint } from "./connection";

/** Paths that every Section platform answers to every user. */
const always: readonly unknown[] = ["/user", "/account"];

function isWebPage({ data, headers }: AxiosResponse): boolean {
    if (String(headers["content-type"] ?? "").includes("text/html")) return true;
    return typeof data === "string" && /^\s*<(!doctype|html)/i.test(data);
}

/** A problem for an endpoint that is something else than a Section platform. */
export function explainElsewhere(connection: Connection, reason: string): Problem {
    return new Problem("no-platform", `${sayEndpoint(connection)} is no Section platform: ${reason}`, {
        ...(connection.setBy && {
            remedy: `Set ${connection.setBy.endpoint} to the root of one, such as https://aperture.section.io`,
        }),
    });
}

/**
 * The problem of an answer that no Section platform gives: a web page, a redirect, or 404 to what every platform has.
 * Undefined for others. A server in front of a platform may send pages of its own while the platform is down.
 */
export function refuseElsewhere(response: AxiosResponse, connection: Connection): Problem | undefined {
    const { status, config, headers } = response;
    if (status >= 500 || status === 429) return undefined;
    const asked = `${config.method?.toUpperCase()} ${config.baseURL ?? ""}${config.url} answered ${status}`;
    if (status >= 300 && status < 400)
        return explainElsewhere(connection, `${asked} and leads to ${headers.location ?? "another place"}`);
    if (isWebPage(response)) return explainElsewhere(connection, `${asked} with a web page`);
    return status === 404 && always.includes(config.url) ? explainElsewhere(connection, asked) : undefined;
}
