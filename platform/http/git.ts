import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import { isProblem, Problem } from "section-model";
import type { Member } from "../auth/caller";
import { imageExists } from "../catalogue/images";
import { advertiseReceive, receivePush } from "../git/receive-pack";
import type { RepositoryKey } from "../git/repository";
import { advertiseUpload, startUpload } from "../git/upload-pack";
import { getApplication } from "../service/applications";
import type { Context } from "../service/context";
import { recordDeployments } from "../service/deployments";
import { listEnvironmentNames } from "../service/environments";
import { grantAccess } from "./access";
import type { Metrics } from "./metrics";
import { applicationParams } from "./parameters";
import { problemOf, problemToWire } from "./problem-to-wire";
import { authenticateRequest, single } from "./register-route";

export interface GitRouteOptions {
    context: Context;
    maxPackBytes: number;
    metrics: Metrics;
}

type Service = "git-upload-pack" | "git-receive-pack";

const atRepository = "/account/:accountId/application/:applicationId/:name";
const notCached = { "cache-control": "no-cache, max-age=0, must-revalidate", expires: "Fri, 01 Jan 1980 00:00:00 GMT", pragma: "no-cache" };

/** Who may do what: every member reads, admins with a token that may write push. An anonymous client is always asked to sign in first. */
async function openRepository(context: Context, request: FastifyRequest, service: Service): Promise<{ key: RepositoryKey; member: Member }> {
    const caller = await authenticateRequest(context, request);
    if (caller === undefined) throw new Problem("unauthenticated", "git needs a user name and an API token as password");
    const parsed = applicationParams.safeParse(request.params);
    const { name } = request.params as { name: string };
    if (!parsed.success || !name.endsWith(".git")) throw new Problem("not-found", "there is no such repository");
    const { accountId, applicationId } = parsed.data;
    const isWrite = service === "git-receive-pack";
    const { member } = await grantAccess(context, isWrite ? ["admin"] : "member", caller, isWrite, accountId);
    await getApplication(context, member as Member, applicationId);
    return { key: { accountId, applicationId }, member: member as Member };
}

function bodyOf(request: FastifyRequest): Readable {
    const body = request.body as Readable;
    if (request.headers["content-encoding"] !== "gzip") return body;
    const plain = createGunzip();
    body.on("error", (error) => plain.destroy(error));
    return body.pipe(plain);
}

function fail(error: unknown, _request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const problem = problemOf(error);
    const { status, headers, body } = problemToWire(problem, false);
    if (problem.code === "unauthenticated") reply.header("www-authenticate", 'Basic realm="section"');
    return reply.code(status).headers(headers).type("text/plain; charset=utf-8").send(`${body.message}\n`);
}

/** Smart HTTP for every repository, in a context of its own: bodies stay streams here. */
export function gitRoutes({ context, maxPackBytes, metrics }: GitRouteOptions): FastifyPluginAsync {
    return async (server: FastifyInstance) => {
        server.removeAllContentTypeParsers();
        server.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
        server.setErrorHandler(fail);

        server.get<{ Querystring: { service?: string } }>(`${atRepository}/info/refs`, async (request, reply) => {
            const { service } = request.query;
            if (service !== "git-upload-pack" && service !== "git-receive-pack") {
                throw new Problem("forbidden", "only the smart protocol is served", { remedy: "Use git 1.6.6 or newer" });
            }
            const { key } = await openRepository(context, request, service);
            const protocol = single(request.headers["git-protocol"]);
            const answer =
                service === "git-receive-pack"
                    ? await advertiseReceive(context.repositories, key)
                    : await advertiseUpload(context.repositories, { key, protocol });
            return reply.headers(notCached).type(`application/x-${service}-advertisement`).send(answer);
        });

        server.post(`${atRepository}/git-upload-pack`, async (request, reply) => {
            const { key } = await openRepository(context, request, "git-upload-pack");
            const protocol = single(request.headers["git-protocol"]);
            const answer = await startUpload(context.repositories, { key, protocol }, bodyOf(request));
            return reply.headers(notCached).type("application/x-git-upload-pack-result").send(answer);
        });

        server.post(`${atRepository}/git-receive-pack`, async (request, reply) => {
            const { key, member } = await openRepository(context, request, "git-receive-pack");
            const environments = await listEnvironmentNames(context, member, key.applicationId);
            const answer = await receivePush(context.repositories, {
                key,
                rules: { environments, imageExists },
                body: bodyOf(request),
                maxPackBytes,
                onAccepted: async (updates) => {
                    metrics.pushed(updates.length);
                    await recordDeployments(context, member, key.applicationId, updates);
                },
            }).catch((error) => {
                throw isProblem(error) || !isTruncated(error) ? error : new Problem("invalid-input", "the request ended too early", { cause: error });
            });
            return reply.headers(notCached).type("application/x-git-receive-pack-result").send(answer);
        });
    };
}

/** True when the client went away or sent a broken gzip stream. */
function isTruncated(error: unknown): boolean {
    return /^(Z_|ECONNRESET|ERR_STREAM_PREMATURE_CLOSE)/.test((error as NodeJS.ErrnoException).code ?? "");
}
