import { Problem } from "section-model";

/** The address of the platform, and the token of the user. */
export interface Connection {
    /** Root of the endpoint, without `/api/v1` and without a slash at the end. */
    endpoint: string;
    token: string;
    /** The settings that endpoint and token come from, such as `SECTION_TOKEN`. Messages name them. */
    setBy?: { endpoint: string; token: string };
}

/** The endpoint in a sentence, with the setting that names it. */
export function sayEndpoint({ endpoint, setBy }: Connection): string {
    return setBy === undefined ? endpoint : `${endpoint}, from ${setBy.endpoint},`;
}

/**
 * The normal spelling of an endpoint: scheme and host, perhaps a path. Refuses credentials in the URL, because they
 * would be logged.
 *
 * @param setBy the setting that names it, for messages
 */
export function normaliseEndpoint(text: string, setBy?: string): string {
    const name = setBy === undefined ? "the endpoint" : `the endpoint in ${setBy}`;
    let url: URL;
    try {
        url = new URL(text.trim());
    } catch (cause) {
        throw new Problem("settings-missing", `${name} is ${JSON.stringify(text)}, which is not an address`, {
            remedy: "Write one such as https://aperture.section.io",
            cause,
        });
    }
    if (url.protocol !== "https:" && url.protocol !== "http:")
        throw new Problem("settings-missing", `${name} begins with ${url.protocol}`, {
            remedy: "Use https:// or http://",
        });
    if (url.username !== "" || url.password !== "")
        throw new Problem("settings-missing", `${name} holds credentials`, {
            remedy: "Put the token into SECTION_TOKEN instead",
        });
    return `${url.origin}${url.pathname}`.replace(/\/+$/, "").replace(/\/api\/v1$/, "");
}
