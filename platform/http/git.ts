import { Readable } from "node:stream";
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import { isProblem, Problem } from "section-model";
import type { Member } from "../auth/caller";
import { openMemberGate } from "../fair-gate";
import { groupsOf } from "../git/process/asker";
import type { PushSizes } from "../git/push/pack-limits";
import { advertiseReceive, receivePush } from "../git/push/push";
import { readPushRequest } from "../git/push/push-request";
import type { RepositoryKey } from "../git/repositories";
import { advertiseUpload, startUpload } from "../git/upload-pack";
import { getApplication } from "../service/applications";
import type { Context } from "../service/context";
import { listEnvironmentNames } from "../service/environments";
import { requireSpace } from "../service/kept-bytes";
import { pushRules, recordPush } from "../service/pushes";
import { grantAccess } from "./access";
import { inflateBody } from "./inflate-body";
import { countGit } from "./limits";
import { requirePace } from "./pace";
import { applicationParams } from "./parameters";
import { problemOf, problemToWire } from "./problem-to-wire";
import { authenticateRequest, single } from "./register-route";
import { inTurn } from "./user-turns";

export interface GitRouteOptions extends PushSizes, GitShares {
    context: Context;
    allowProductionRewrite?: boolean;
}

/** Limits on what requests of git's protocol hold. */
export interface GitShares {
    /** Answered at the same time; more wait. */
    maxGitRequests: number;
    /** Of these, of one organization and of one user; 0 is no limit. */
    maxAccountGitRequests: number;
    maxUserGitRequests: number;
    /** A client sends or takes so many bytes in so many seconds; 0 is no limit. */
    gitPaceSeconds: number;
    gitPaceBytes: number;
}

type Service = "git-upload-pack" | "git-receive-pack";

const atRepository = "/account/:accountId/application/:applicationId/:name(^.*\\.git$)";
/** Git quotes what a client sent. */
const longestReason = 500;
const methods: Record<string, string> = {
    "info/refs": "GET, HEAD",
    "git-upload-pack": "POST",
    "git-receive-pack": "POST",
};
/** For caches older than `Cache-Control`, as git's own server says it. */
const notCached = {
    expires: "Fri, 01 Jan 1980 00:00:00 GMT",
    pragma: "no-cache",
};
/** More than git's own words in a request may have, whose limits are checked where they are read. */
const mostAround = 16 * 1024 * 1024;
/** A client that neither says nor takes anything for so long is gone. */
const silenceMs = 300_000;

/**
 * Checks access: every member may read; admins may push with a token that may write. An anonymous client is always
 * asked to sign in first.
 */
async function openRepository(
    context: Context,
    request: FastifyRequest,
    service: Service,
): Promise<{ key: RepositoryKey; member: Member }> {
    const caller = await authenticateRequest(context, request);
    if (caller === undefined)
        throw new Problem("unauthenticated", "git needs a user name and an API token as password");
    countGit(request, caller);
    const parsed = applicationParams.safeParse(request.params);
    if (!parsed.success) throw new Problem("not-found", "there is no such repository");
    const { accountId, applicationId } = parsed.data;
    const isWrite = service === "git-receive-pack";
    const member = await inTurn(request, async () => {
        const grant = await grantAccess(context, isWrite ? ["admin"] : "member", caller, isWrite, accountId);
        request.server.limits?.organizationGit.take(String(accountId));
        await getApplication(context, grant.member as Member, applicationId);
        return grant.member as Member;
    });
    const asker = { userId: caller.userId, signal: request.clientLeft };
    return { key: { accountId, applicationId, ...asker }, member };
}

/** A request of git's protocol; a web page in somebody's browser could send other media types. */
function bodyOf(request: FastifyRequest, service: Service, mostBytes: number): Readable {
    const type = request.headers["content-type"]?.split(";")[0]?.trim();
    if (type !== `application/x-${service}-request`)
        throw new Problem("invalid-input", `the media type is not application/x-${service}-request`);
    const body = request.body as Readable;
    const encoding = request.headers["content-encoding"] ?? "identity";
    if (encoding === "identity") return body;
    if (!/^(x-)?gzip$/.test(encoding))
        throw new Problem("invalid-input", `the content encoding ${encoding} is not read here`, {
            remedy: "Send gzip or none",
        });
    return inflateBody(body, mostBytes);
}

function fail(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    request.failure = error;
    const problem = problemOf(error);
    const { status, headers, body } = problemToWire(problem, false);
    return reply.code(status).headers(headers).type("text/plain; charset=utf-8").send(`${body.message}\n`);
}

/** Smart HTTP for every repository, in a context of its own: bodies stay streams here. */
export function gitRoutes(options: GitRouteOptions): FastifyPluginAsync {
    const { context, allowProductionRewrite } = options;
    const gate = openMemberGate("git requests", {
        atOnce: options.maxGitRequests,
        ofOrganization: options.maxAccountGitRequests,
        ofUser: options.maxUserGitRequests,
    });
    const pace = { windowSeconds: options.gitPaceSeconds, leastBytes: options.gitPaceBytes };

    /** Lets a request in when its turn has come, until it is answered; from then on its client has to keep the pace. */
    async function enter(request: FastifyRequest, reply: FastifyReply, key: RepositoryKey): Promise<void> {
        const leave = await gate.enter(groupsOf(key), key.signal);
        if (reply.raw.closed) return leave();
        reply.raw.once("close", leave);
        requirePace(request, reply, pace);
    }

    return async (server: FastifyInstance) => {
        server.removeAllContentTypeParsers();
        server.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
        server.setErrorHandler(fail);
        server.addHook("onRequest", async (request) => void request.raw.socket.setTimeout(silenceMs));

        server.get<{ Querystring: { service?: string } }>(`${atRepository}/info/refs`, async (request, reply) => {
            const { service } = request.query;
            const isKnown = service === "git-upload-pack" || service === "git-receive-pack";
            const { key } = await openRepository(context, request, isKnown ? service : "git-upload-pack");
            if (!isKnown)
                throw new Problem("forbidden", "only the smart protocol is served", {
                    remedy: "Use git 1.6.6 or newer",
                });
            await enter(request, reply, key);
            const protocol = single(request.headers["git-protocol"]);
            const answer = await inTurn(request, () =>
                service === "git-receive-pack"
                    ? advertiseReceive(context.repositories, key)
                    : advertiseUpload(context.repositories, { key, protocol }),
            );
            return reply.headers(notCached).type(`application/x-${service}-advertisement`).send(answer);
        });

        server.post(`${atRepository}/git-upload-pack`, async (request, reply) => {
            const { key } = await openRepository(context, request, "git-upload-pack");
            await enter(request, reply, key);
            const protocol = single(request.headers["git-protocol"]);
            const body = bodyOf(request, "git-upload-pack", mostAround);
            const answer = await inTurn(request, () =>
                startUpload(context.repositories, { key, protocol }, body),
            ).catch(refuseTruncated);
            return reply.headers(notCached).type("application/x-git-upload-pack-result").send(answer);
        });

        server.post(`${atRepository}/git-receive-pack`, async (request, reply) => {
            const { key, member } = await openRepository(context, request, "git-receive-pack");
            await enter(request, reply, key);
            const answer = await receive(request, key, member).catch(refuseTruncated);
            return reply.headers(notCached).type("application/x-git-receive-pack-result").send(Readable.from(answer));
        });

        server.all(`${atRepository}/*`, (request, reply) => refuseOther(context, request, reply));
    };

    async function receive(
        request: FastifyRequest,
        key: RepositoryKey,
        member: Member,
    ): Promise<AsyncIterable<Buffer>> {
        await requireSpace(context, key.accountId);
        const body = bodyOf(request, "git-receive-pack", options.maxPackBytes + mostAround);
        const environments = await listEnvironmentNames(context, member, key.applicationId);
        return receivePush(context.repositories, {
            key,
            rules: { ...pushRules(context, member, environments), allowProductionRewrite },
            request: await readPushRequest(body),
            // without the signal of a client that leaves: what has arrived is brought to its end
            whenItsTurn: async (work) => request.server.userTurns?.take(member.caller.userId, work) ?? work(),
            sizes: options,
            onAccepted: (updates) => recordPush(context, member, key.applicationId, updates),
            onFailed: (error) =>
                context.warn("a push failed", {
                    application: key.applicationId,
                    reason: String(error).slice(0, longestReason),
                }),
        });
    }
}

/** Refuses every other request to a repository, once the caller is known. */
async function refuseOther(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<never> {
    await openRepository(context, request, "git-upload-pack");
    const rest = (request.params as { "*"?: string })["*"]?.replace(/\/$/, "") ?? "";
    const allowed = Object.hasOwn(methods, rest) ? methods[rest] : undefined;
    if (allowed === undefined)
        throw new Problem("not-found", "a repository has no such page", { remedy: "Use its address with git clone" });
    reply.header("allow", allowed);
    throw new Problem("method-not-allowed", `${request.method} is not offered here`);
}

/** Says that the client went away or sent a broken gzip stream, if that is what failed. */
function refuseTruncated(error: unknown): never {
    if (
        isProblem(error) ||
        !/^(Z_|ECONNRESET|ERR_STREAM_PREMATURE_CLOSE)/.test((error as NodeJS.ErrnoException).code ?? "")
    )
        throw error;
    throw new Problem("invalid-input", "the request ended too early", { cause: error });
}
