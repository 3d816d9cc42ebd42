import type { IncomingMessage } from "node:http";

function qualityOf(accept: string, type: string): number {
    for (const range of accept.split(",")) {
        const [name = "", ...parameters] = range.split(";").map((word) => word.trim().toLowerCase());
        if (name !== type) continue;
        const quality = Number(parameters.find((parameter) => parameter.startsWith("q="))?.slice(2) ?? 1);
        return Number.isNaN(quality) ? 0 : quality;
    }
    return 0;
}

/**
 * True for a browser that opens a page: it names HTML, and prefers it to JSON. Programs that take anything are not
 * meant.
 */
export function acceptsHtml(accept: string | undefined): boolean {
    if (accept === undefined || accept.length > 1000) return false;
    const html = qualityOf(accept, "text/html");
    return html > 0 && html >= qualityOf(accept, "application/json");
}

/**
 * The constraint of routes that are for people: to everybody else they are not there, so that programs get the same
 * answers as always.
 */
export const forPeople = {
    name: "audience",
    storage: () => {
        const handlers = new Map<unknown, never>();
        return {
            get: (audience: unknown) => handlers.get(audience) ?? null,
            set: (audience: unknown, handler: never) => void handlers.set(audience, handler),
        };
    },
    validate: () => {},
    deriveConstraint: (request: IncomingMessage) => (acceptsHtml(request.headers.accept) ? "people" : undefined),
};
