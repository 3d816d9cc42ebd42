import multipart from "@fastify/multipart";
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from "fastify";
import { isProblem, Problem } from "section-model";
import { z } from "zod";
import type { Caller, Member } from "../auth/caller";
import { type Groups, memberGroups, openMemberGate } from "../fair-gate";
import { getApplication } from "../service/applications";
import type { Context } from "../service/context";
import { discardPayload, keepPayload, receivePayload, requireUploader } from "../service/payloads";
import { grantAccess } from "./access";
import { jsonType } from "./answer";
import { expectPace } from "./body-timeout";
import { applicationParams } from "./parameters";
import { authenticateRequest } from "./register-route";

export const codeUpload = { method: "POST", path: "/new/code_upload/v1/upload" };

/** Uploads at the same time. Of one account and one user 0 is no limit. */
export interface UploadShares {
    maxUploads: number;
    maxAccountUploads: number;
    maxUserUploads: number;
}

const fieldsSchema = z.object({
    account_id: applicationParams.shape.accountId,
    app_id: applicationParams.shape.applicationId,
});

interface Uploader {
    caller: Caller;
    /** Those who share places for uploads. */
    groups: Groups;
}

type Received = Awaited<ReturnType<typeof receivePayload>>;

interface Form {
    received: Received | undefined;
    fields: Record<string, unknown>;
}

/** The application that a form names. Throws like every route for one that the caller may not upload to. */
async function openPlace(context: Context, fields: Form["fields"], caller: Caller) {
    const { account_id, app_id } = fieldsSchema.parse(fields);
    const { member } = await grantAccess(context, ["admin"], caller, true, account_id);
    await getApplication(context, member as Member, app_id);
    return { member: member as Member, applicationId: app_id };
}

/** Reads the form in whatever order its parts come. A client that sends the file last hears before it if it may not. */
async function readForm(context: Context, request: FastifyRequest, form: Form, caller: Caller): Promise<void> {
    if (!request.isMultipart())
        throw new Problem("invalid-input", "the body is no multipart/form-data", {
            remedy: "Send the parts file, account_id and app_id",
        });
    for await (const part of request.parts()) {
        if (part.type === "field") form.fields[part.fieldname] = part.value;
        else if (part.fieldname !== "file" || form.received !== undefined)
            throw new Problem("invalid-input", "an upload has one file, in the part `file`");
        else {
            if (fieldsSchema.safeParse(form.fields).success) await openPlace(context, form.fields, caller);
            form.received = await receivePayload(context, part.file);
        }
    }
}

async function upload(context: Context, request: FastifyRequest, caller: Caller): Promise<string> {
    const form: Form = { received: undefined, fields: {} };
    try {
        await readForm(context, request, form, caller);
        const { member, applicationId } = await openPlace(context, form.fields, caller);
        if (form.received === undefined) throw new Problem("invalid-input", "the part `file` is missing");
        return await keepPayload(context, member, applicationId, form.received);
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
export function codeUploadRoutes(context: Context, shares: UploadShares): FastifyPluginAsync {
    const gate = openMemberGate("uploads", {
        atOnce: shares.maxUploads,
        ofOrganization: shares.maxAccountUploads,
        ofUser: shares.maxUserUploads,
    });
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
        const uploaders = new WeakMap<FastifyRequest, Uploader>();

        server.post(codeUpload.path, {
            onRequest: async (request) => {
                const signedIn = await authenticateRequest(context, request);
                const granted = await grantAccess(context, "user", signedIn, true, undefined);
                const caller = granted.caller as Caller;
                server.limits?.upload.take(String(caller.userId));
                const groups = memberGroups(await requireUploader(context, caller), caller.userId);
                uploaders.set(request, { caller, groups });
            },
            handler: async (request, reply) => {
                const { caller, groups } = uploaders.get(request) as Uploader;
                const leave = await gate.enter(groups, request.clientLeft);
                try {
                    expectPace(request, reply);
                    const payloadID = await upload(context, request, caller);
                    return reply.header("content-type", jsonType).send(JSON.stringify({ payloadID }));
                } finally {
                    leave();
                }
            },
        });
    };
}
