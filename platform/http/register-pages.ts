import cookies from "@fastify/cookie";
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import { Problem } from "section-model";
import { formTokenOf } from "../auth/session-secret";
import { type Assets, formatDocument, type View, type Viewer } from "../page/document";
import { failurePage } from "../page/failure";
import { signInAddress, signOutAddress, siteAddress } from "../page/page-addresses";
import type { Context } from "../service/context";
import { findSessionCaller } from "../service/sessions";
import { forPeople } from "./accepts-html";
import { grantAccess } from "./access";
import { limitBodyTime } from "./body-timeout";
import { secretOf, sendPage, sendTo } from "./browser-session";
import { countForOrganization, countRequest } from "./limits";
import type { Page } from "./page";
import { pages } from "./pages";
import { applicationParams } from "./parameters";
import { problemOf } from "./problem-to-wire";
import type { WireContext } from "./route";
import { showSignIn, signIn, signOut } from "./sign-in";
import { spellParams } from "./spell-params";
import { inTurn } from "./user-turns";

export interface PageOptions {
    context: Context;
    wire: WireContext;
    assets: Assets;
    /** The longest time that a form may take to arrive. */
    bodyTimeoutSeconds: number;
}

const largestFormBytes = 16_384;

/** The pages for people, in a context of their own: only requests of browsers get here. */
export function pageRoutes({ context, wire, assets, bodyTimeoutSeconds }: PageOptions): FastifyPluginAsync {
    return async (server: FastifyInstance) => {
        const viewers = new WeakMap<FastifyRequest, Viewer>();
        const send = (reply: FastifyReply, status: number, view: View) =>
            sendPage(reply, status, formatDocument(view, viewers.get(reply.request), assets));
        const parts = { context, wire, send };
        const constraints = { [forPeople.name]: "people" };

        server.addHook("preParsing", async (request, reply) =>
            limitBodyTime(request, reply, bodyTimeoutSeconds * 1000),
        );
        await server.register(cookies);
        server.addConstraintStrategy(forPeople as never);
        server.setErrorHandler((error, request, reply) => {
            request.failure = error;
            const problem = problemOf(error);
            if (problem.retryAfterSeconds !== undefined) reply.header("retry-after", problem.retryAfterSeconds);
            return send(reply, problem.status || 500, failurePage(problem, request.id));
        });

        const show = async (page: Page, request: FastifyRequest, reply: FastifyReply) => {
            const secret = secretOf(request, wire, "session");
            const found = secret === undefined ? undefined : await findSessionCaller(context, secret);
            if (secret === undefined || found === undefined) {
                const to = request.url === "/" ? "" : `?${new URLSearchParams({ to: request.url })}`;
                return sendTo(reply, `${signInAddress}${to}`);
            }
            const caller = { ...found, signal: request.clientLeft };
            countRequest(request, caller);
            viewers.set(request, { name: caller.name, email: caller.email, formToken: formTokenOf(secret) });
            const parsed = page.params?.safeParse(request.params);
            if (parsed?.success === false) throw new Problem("not-found", "no such page");
            const accountId = (parsed?.data as { accountId?: number } | undefined)?.accountId;
            const view = await inTurn(request, async () => {
                const { member } = await grantAccess(context, page.access, caller, false, accountId);
                countForOrganization(request, member);
                const params = await spellParams(context, member, parsed?.data);
                const query = page.query?.parse(request.query);
                return page.show({ context, wire, caller, member: member as never, params, query });
            });
            return send(reply, 200, view);
        };
        for (const page of pages)
            server.get(page.path, { constraints }, (request, reply) => show(page, request, reply));

        server.get(signInAddress, { constraints }, (request, reply) => showSignIn(parts, request, reply));
        server.post(signInAddress, { constraints, bodyLimit: largestFormBytes }, (request, reply) =>
            signIn(parts, request, reply),
        );
        server.post(signOutAddress, { constraints, bodyLimit: largestFormBytes }, (request, reply) =>
            signOut(parts, request, reply),
        );

        // a clone URL that somebody opens in a browser
        server.get("/account/:accountId/application/:applicationId/:name", { constraints }, async (request, reply) => {
            const parsed = applicationParams.safeParse(request.params);
            const isRepository = (request.params as { name: string }).name.endsWith(".git");
            if (!parsed.success || !isRepository) throw new Problem("not-found", "no such page");
            return sendTo(reply, siteAddress(parsed.data));
        });
    };
}
