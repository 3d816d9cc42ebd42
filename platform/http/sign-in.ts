import type { FastifyReply, FastifyRequest } from "fastify";
import { isProblem } from "section-model";
import { networkOf } from "../auth/client-network";
import type { View } from "../page/document";
import { home, signInAddress } from "../page/page-addresses";
import { signInPage } from "../page/sign-in";
import type { Context } from "../service/context";
import { closeSession, openSession } from "../service/sessions";
import { forgetSecret, formTokenFor, keepSecret, requireOwnForm, secretOf, sendTo } from "./browser-session";
import { single } from "./register-route";
import type { WireContext } from "./route";

interface Parts {
    context: Context;
    wire: WireContext;
    send(reply: FastifyReply, status: number, view: View): FastifyReply;
}

/** The address to go to after signing in: a page of this platform, whatever `text` says. */
export function destinationOf(text: string | undefined): string {
    if (text === undefined || !text.startsWith("/") || !URL.canParse(text, "http://here")) return home;
    const { origin, pathname, search } = new URL(text, "http://here");
    return origin === "http://here" && !pathname.startsWith("//") ? pathname + search : home;
}

function formOf(request: FastifyRequest): URLSearchParams {
    return new URLSearchParams(request.body instanceof Buffer ? request.body.toString("utf8") : "");
}

/** Shows the forms to sign in with. */
export function showSignIn({ wire, send }: Parts, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const to = destinationOf(single((request.query as Record<string, unknown>).to));
    return send(reply, 200, signInPage({ formToken: formTokenFor(request, reply, wire), to }));
}

/** Signs in, or shows the forms again with the reason why not. */
export async function signIn(
    { context, wire, send }: Parts,
    request: FastifyRequest,
    reply: FastifyReply,
): Promise<FastifyReply> {
    const form = formOf(request);
    const [email, to] = [form.get("email") ?? "", destinationOf(form.get("to") ?? undefined)];
    const token = form.get("token");
    const byPassword = {
        email,
        password: form.get("password") ?? "",
        code: form.get("code") || undefined,
        network: networkOf(request.ip),
    };
    try {
        requireOwnForm(request, wire, form, "form");
        const secret = await openSession(context, token === null ? byPassword : { token });
        const previous = secretOf(request, wire, "session");
        if (previous !== undefined) await closeSession(context, previous);
        keepSecret(reply, wire, "session", secret);
        forgetSecret(reply, wire, "form");
        return sendTo(reply, to);
    } catch (error) {
        if (!isProblem(error) || error.status >= 500) throw error;
        if (error.retryAfterSeconds !== undefined) reply.header("retry-after", error.retryAfterSeconds);
        return send(
            reply,
            error.status,
            signInPage({ formToken: formTokenFor(request, reply, wire), to, email, reason: error.message }),
        );
    }
}

/** Ends the session of a browser at once. */
export async function signOut(
    { context, wire }: Parts,
    request: FastifyRequest,
    reply: FastifyReply,
): Promise<FastifyReply> {
    const secret = secretOf(request, wire, "session");
    if (secret !== undefined) {
        requireOwnForm(request, wire, formOf(request), "session");
        await closeSession(context, secret);
    }
    forgetSecret(reply, wire, "session");
    return sendTo(reply, signInAddress);
}
