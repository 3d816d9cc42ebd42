import { kindOfRecorded } from "../engine/recorded-kind";

/** The endpoint and the token, which a rehearsal replaces. */
export interface Exchange {
    live: { endpoint: string; token: string };
    copy: { endpoint: string; token: string };
}

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

interface RecordedResource {
    type: string;
    custom?: boolean;
    inputs?: { [key: string]: Json };
    outputs?: { [key: string]: Json };
    [key: string]: Json | undefined;
}

interface Export {
    deployment?: { resources?: RecordedResource[]; secrets_providers?: Json | undefined };
}

/** A value with every text in it replaced. */
function mapTexts(value: Json, change: (text: string) => string): Json {
    if (typeof value === "string") return change(value);
    if (Array.isArray(value)) return value.map((each) => mapTexts(each, change));
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapTexts(each, change)]));
}

/** A text in which the live token is the copy's. */
export function exchangeToken(text: string, { live, copy }: Exchange): string {
    return text.replaceAll(live.token, copy.token);
}

function moveAddress(text: string, { live, copy }: Exchange): string {
    const isBelow = text === live.endpoint || text.startsWith(`${live.endpoint}/`);
    return isBelow ? copy.endpoint + text.slice(live.endpoint.length) : text;
}

/**
 * Rewrites the output of `pulumi stack export --show-secrets` for the stack of a rehearsal. The live token is removed,
 * addresses from the platform's answers lead to the copy, and it is encrypted the way of that stack.
 *
 * @param empty the output of `pulumi stack export` for that stack while it is new
 */
export function rewriteExport(text: string, exchange: Exchange, empty: string): string {
    const document: Export = JSON.parse(text);
    const own: Export = JSON.parse(empty);
    const { deployment } = document;
    if (deployment === undefined) return text;
    deployment.secrets_providers = own.deployment?.secrets_providers;
    for (const resource of deployment.resources ?? []) {
        if (kindOfRecorded(resource) === undefined) continue;
        resource.outputs = mapTexts(resource.outputs ?? {}, (each) =>
            moveAddress(each, exchange),
        ) as RecordedResource["outputs"];
    }
    return JSON.stringify(mapTexts(document as unknown as Json, (each) => exchangeToken(each, exchange)));
}
