import type {} from "@fastify/cookie";
import type { FastifyReply, FastifyRequest } from "fastify";
import { Problem } from "section-model";
import { formTokenOf, isSecret, makeSecret } from "../auth/session-secret";
import { isSameHash } from "../auth/token";
import type { WireContext } from "./route";

/** The session of a signed-in person, and the secret behind the forms of one who has not signed in. */
type Cookie = "session" | "form";

const headers = {
    "content-security-policy":
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    // not `no-referrer`: with that browsers hide where a form was sent from
    "referrer-policy": "same-origin",
    vary: "Accept",
};

function isSecure({ publicUrl }: WireContext): boolean {
    return publicUrl.startsWith("https:");
}

/** Names with this prefix are taken by browsers from this host only, not from its neighbours. */
function nameOf(cookie: Cookie, wire: WireContext): string {
    return `${isSecure(wire) ? "__Host-" : ""}section-${cookie}`;
}

function optionsOf(wire: WireContext) {
    return { path: "/", httpOnly: true, sameSite: "lax", secure: isSecure(wire) } as const;
}

/** The secret that a browser sent, if it can be one. */
export function secretOf(request: FastifyRequest, wire: WireContext, cookie: Cookie): string | undefined {
    const value = request.cookies[nameOf(cookie, wire)];
    return value !== undefined && isSecret(value) ? value : undefined;
}

/** Lets a browser keep a secret until it is closed. */
export function keepSecret(reply: FastifyReply, wire: WireContext, cookie: Cookie, secret: string): void {
    void reply.setCookie(nameOf(cookie, wire), secret, optionsOf(wire));
}

export function forgetSecret(reply: FastifyReply, wire: WireContext, cookie: Cookie): void {
    void reply.clearCookie(nameOf(cookie, wire), optionsOf(wire));
}

/** The token in forms for a browser that has not signed in. */
export function formTokenFor(request: FastifyRequest, reply: FastifyReply, wire: WireContext): string {
    const secret = secretOf(request, wire, "form") ?? makeSecret();
    keepSecret(reply, wire, "form", secret);
    return formTokenOf(secret);
}

/** Without TLS, which is for trying things out, a host may be known by several names. */
function isOwnOrigin({ origin, host }: { origin?: string; host?: string }, wire: WireContext): boolean {
    if (origin === undefined || !URL.canParse(origin)) return false;
    return origin === new URL(wire.publicUrl).origin || (!isSecure(wire) && new URL(origin).host === host);
}

/**
 * Refuses a form that another site sent, or that was made for another browser.
 *
 * @throws Problem `forbidden`
 */
export function requireOwnForm(
    request: FastifyRequest,
    wire: WireContext,
    form: URLSearchParams,
    cookie: Cookie,
): void {
    if (!isOwnOrigin(request.headers, wire))
        throw new Problem("forbidden", "this form was sent from another site", { remedy: "Open the page here" });
    const secret = secretOf(request, wire, cookie);
    const sent = Buffer.from(form.get("form") ?? "");
    if (secret === undefined || !isSameHash(sent, Buffer.from(formTokenOf(secret))))
        throw new Problem("forbidden", "this form is too old, or the browser keeps no cookies", {
            remedy: "Try again",
        });
}

/** Sends a page. Nobody keeps it, nobody frames it, and it can load nothing from elsewhere. */
export function sendPage(reply: FastifyReply, status: number, document: string): FastifyReply {
    return reply.code(status).headers(headers).type("text/html; charset=utf-8").send(document);
}

export function sendTo(reply: FastifyReply, address: string): FastifyReply {
    return reply.headers(headers).redirect(address, 303);
}
