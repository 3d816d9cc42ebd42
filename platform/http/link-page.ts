import type { FastifyInstance } from "fastify";
import { formatDocument, type View } from "../page/document";
import { acceptPage, verifyPage } from "../page/link";
import type { PageAssets } from "./assets";
import type { WireContext } from "./route";

const headers = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy":
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
};

/**
 * The pages behind links in mails: forms whose script posts to the page's own address. They are there with and without
 * the pages that need a sign-in.
 */
export function linkPages(server: FastifyInstance, { extensions }: WireContext, assets: PageAssets): void {
    const surroundings = { script: assets.script, hasPages: extensions };
    const pages: Record<string, View> = {
        "/public/accept": acceptPage(surroundings),
        "/public/verify": verifyPage(surroundings),
    };
    for (const [path, view] of Object.entries(pages)) {
        const text = formatDocument(view, undefined, assets);
        server.get(path, async (_request, reply) => reply.headers(headers).send(text));
    }
}
