import { Problem } from "section-model";

/** The address of the platform, and the token of the user. */
export interface Connection {
    /** Root of the endpoint, without `/api/v1` and without a slash at the end. */
    endpoint: string;
    token: string;
}

/**
 * The normal spelling of an endpoint: scheme and host, perhaps a path. Refuses credentials in the URL, because they
 * would be logged.
 */
export function normaliseEndpoint(text: string): string {
    let url: URL;
    try {
        url = new URL(text.trim());
    } catch (cause) {
        throw new Problem("settings-missing", `the endpoint ${JSON.stringify(text)} is not an address`, {
            remedy: "Write one such as https://aperture.section.io",
            cause,
        });
    }
    if (url.protocol !== "https:" && url.protocol !== "http:")
        throw new Problem("settings-missing", `the endpoint begins with ${url.protocol}`, {
            remedy: "Use https:// or http://",
        });
    if (url.username !== "" || url.password !== "")
        throw new Problem("settings-missing", "the endpoint holds credentials", {
            remedy: "Put the token into SECTION_TOKEN instead",
        });
    return `${url.origin}${url.pathname}`.replace(/\/+$/, "").replace(/\/api\/v1$/, "");
}
