import { z } from "zod";
import {
    type ApplicationView,
    createApplication,
    deleteApplication,
    getApplication,
    listApplications,
} from "../service/applications";
import { cloneApplication } from "../service/clones";
import { pathPrefixSchema } from "../service/path-prefix";
import { splitApplication } from "../service/splits";
import { claimAnswer, claimField, claimQuery, claimToWire } from "./claims";
import { idField } from "./fields";
import { placeToTakeFrom, takesFromField } from "./hand-over";
import { applicationHref } from "./href";
import { accountParams, applicationParams, originField, stackField } from "./parameters";
import { defineRoute, type WireContext } from "./route";
import { extended, named } from "./schema-definitions";

/** The clone URL; slashes of the name, which split applications have, are left out. */
export function gitUrl({ publicUrl }: WireContext, { account_id, id, name }: ApplicationView): string {
    return `${publicUrl}/account/${account_id}/application/${id}/${name.replaceAll("/", "")}.git`;
}

const summaryAnswer = named(
    "ApplicationSummary",
    z.strictObject({
        id: idField,
        href: z.string(),
        application_name: z.string(),
        git_url: extended("application.git_url", z.string()),
        claim: claimAnswer,
    }),
);

/** The URLs that an application answers for. */
export const prefixFields = { path_prefix: z.string(), path_prefixes: z.array(z.string()) };

const applicationAnswer = named("Application", z.strictObject({ ...summaryAnswer.shape, ...prefixFields }));

function summaryToWire(application: ApplicationView, wire: WireContext): z.infer<typeof summaryAnswer> {
    return {
        id: application.id,
        href: applicationHref(application.account_id, application.id),
        application_name: application.name,
        ...(wire.extensions && { git_url: gitUrl(wire, application) }),
        ...claimToWire(application, wire),
    };
}

export function prefixToWire({ path_prefix }: Pick<ApplicationView, "path_prefix">) {
    return { path_prefix, path_prefixes: [path_prefix] };
}

function applicationToWire(application: ApplicationView, wire: WireContext): z.infer<typeof applicationAnswer> {
    return { ...summaryToWire(application, wire), ...prefixToWire(application) };
}

export const applicationRoutes = [
    defineRoute({
        operation: "applicationList",
        method: "GET",
        path: "/account/:accountId/application/", // as v1 writes it; with or without the slash is the same
        summary: "The applications of an account",
        access: "member",
        params: accountParams,
        failures: [],
        answer: z.array(summaryAnswer),
        handle: async ({ context, member, wire }) =>
            (await listApplications(context, member)).map((each) => summaryToWire(each, wire)),
    }),
    defineRoute({
        operation: "applicationCreate",
        method: "POST",
        path: "/account/:accountId/application/create",
        summary: "An application with repository and Production; origin is looked up in DNS when it is not named",
        access: ["admin"],
        params: accountParams,
        body: named(
            "ApplicationCreateRequest",
            z.strictObject({
                hostname: z.string().max(1000),
                origin: originField,
                stackName: stackField,
                claim: claimField,
                takes_from: takesFromField,
            }),
            { minProperties: 2 },
        ),
        creates: true,
        failures: ["hostname-taken", "system-limit", "limit-reached", "unknown-stack", "claim-held"],
        answer: applicationAnswer,
        handle: async ({ context, member, body, wire }) =>
            applicationToWire(
                await createApplication(context, member, {
                    ...body,
                    takesFrom: placeToTakeFrom(body.takes_from),
                }),
                wire,
            ),
    }),
    defineRoute({
        operation: "applicationGet",
        method: "GET",
        path: "/account/:accountId/application/:applicationId",
        summary: "One application",
        access: "member",
        params: applicationParams,
        failures: [],
        answer: applicationAnswer,
        handle: async ({ context, member, params, wire }) =>
            applicationToWire(await getApplication(context, member, params.applicationId), wire),
    }),
    defineRoute({
        operation: "applicationDelete",
        method: "DELETE",
        path: "/account/:accountId/application/:applicationId",
        summary: "Delete an application with its repository, environments and domains",
        access: ["admin"],
        params: applicationParams,
        query: claimQuery,
        failures: ["application-has-children", "claim-held"],
        status: 204,
        handle: ({ context, member, params, query }) =>
            deleteApplication(context, member, params.applicationId, query.claim),
    }),
    defineRoute({
        operation: "applicationSplit",
        method: "POST",
        path: "/account/:accountId/application/:applicationId/split",
        summary: "Give a part of an application's URLs to a new application that begins as its copy",
        access: ["admin"],
        params: applicationParams,
        body: z.strictObject({ pathPrefix: pathPrefixSchema }),
        creates: true,
        failures: ["prefix-taken", "system-limit", "limit-reached"],
        answer: applicationAnswer,
        handle: async ({ context, member, params, body, wire }) =>
            applicationToWire(await splitApplication(context, member, params.applicationId, body.pathPrefix), wire),
    }),
    defineRoute({
        operation: "applicationClone",
        method: "POST",
        path: "/account/:accountId/application/:applicationId/clone",
        summary: "A new application with the configuration of an existing one's Production",
        access: ["admin"],
        params: applicationParams,
        body: z.strictObject({ hostname: z.string().max(1000), origin: originField }),
        creates: true,
        failures: ["hostname-taken", "system-limit", "limit-reached"],
        answer: applicationAnswer,
        handle: async ({ context, member, params, body, wire }) =>
            applicationToWire(await cloneApplication(context, member, params.applicationId, body), wire),
    }),
];
