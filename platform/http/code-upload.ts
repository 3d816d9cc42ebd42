import multipart from "@fastify/multipart";
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from "fastify";
import { isProblem, Problem } from "section-model";
import { z } from "zod";
import type { Caller, Member } from "../auth/caller";
import type { Context } from "../service/context";
import { discardPayload, keepPayload, receivePayload } from "../service/payloads";
import { grantAccess } from "./access";
import { applicationParams } from "./parameters";
import { authenticateRequest } from "./register-route";

export const codeUpload = { method: "POST", path: "/new/code_upload/v1/upload" };

/** Each writes as fast as its client sends; more would only make all of them slow. */
const maxUploads = 16;
const fieldsSchema = z.object({
    account_id: applicationParams.shape.accountId,
    app_id: applicationParams.shape.applicationId,
});

type Received = Awaited<ReturnType<typeof receivePayload>>;

interface Form {
    received: Received | undefined;
    fields: Record<string, unknown>;
}

/** Reads the form in whatever order its parts come; clients send the file first. */
async function readForm(context: Context, request: FastifyRequest, form: Form): Promise<void> {
    if (!request.isMultipart())
        throw new Problem("invalid-input", "the body is no multipart/form-data", {
            remedy: "Send the parts file, account_id and app_id",
        });
    for await (const part of request.parts()) {
        if (part.type === "field") form.fields[part.fieldname] = part.value;
        else if (part.fieldname !== "file" || form.received !== undefined)
            throw new Problem("invalid-input", "an upload has one file, in the part `file`");
        else form.received = await receivePayload(context, part.file);
    }
}

async function upload(context: Context, request: FastifyRequest, caller: Caller): Promise<string> {
    const form: Form = { received: undefined, fields: {} };
    try {
        await readForm(context, request, form);
        const { account_id, app_id } = fieldsSchema.parse(form.fields);
        const { member } = await grantAccess(context, ["admin"], caller, true, account_id);
        if (form.received === undefined) throw new Problem("invalid-input", "the part `file` is missing");
        return await keepPayload(context, member as Member, app_id, form.received);
    } catch (error) {
        throw isProblem(error) || !isBroken(error)
            ? error
            : new Problem("invalid-input", "the upload ended too early or is no form", { cause: error });
    } finally {
        if (form.received !== undefined) await discardPayload(context, form.received);
    }
}

/** True when the client went away or sent no form. */
function isBroken(error: unknown): boolean {
    const { code = "", message } = error as NodeJS.ErrnoException;
    return (
        /^(ECONNRESET|ERR_STREAM_PREMATURE_CLOSE|FST_)/.test(code) ||
        /^(Unexpected end of|Malformed|Multipart|Part terminated)/.test(message)
    );
}

/**
 * The route that takes an application's code from sectionctl, in a context of its own: the file stays a stream here.
 */
export function codeUploadRoutes(context: Context): FastifyPluginAsync {
    let uploading = 0;
    return async (server: FastifyInstance) => {
        server.removeAllContentTypeParsers();
        await server.register(multipart, {
            limits: {
                fileSize: Number.POSITIVE_INFINITY,
                files: 2,
                fields: 20,
                parts: 22,
                fieldSize: 1000,
                fieldNameSize: 100,
            },
        });
        server.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
        const callers = new WeakMap<FastifyRequest, Caller>();

        server.post(codeUpload.path, {
            onRequest: async (request) => {
                const { caller } = await grantAccess(
                    context,
                    "user",
                    await authenticateRequest(context, request),
                    true,
                    undefined,
                );
                server.limits?.upload.take(String((caller as Caller).userId));
                callers.set(request, caller as Caller);
            },
            handler: async (request, reply) => {
                if (uploading >= maxUploads)
                    throw new Problem("overloaded", "too many uploads arrive at once", { retryAfterSeconds: 30 });
                uploading += 1;
                try {
                    const payloadID = await upload(context, request, callers.get(request) as Caller);
                    return reply
                        .header("content-type", "application/json; charset=utf-8")
                        .send(JSON.stringify({ payloadID }));
                } finally {
                    uploading -= 1;
                }
            },
        });
    };
}
