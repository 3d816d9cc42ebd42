import { pathPrefixSchema, stackNameSchema } from "section-model";
import { z } from "zod";
import { type ApplicationView, createApplication, deleteApplication, getApplication, listApplications } from "../service/applications";
import { cloneApplication } from "../service/clones";
import { splitApplication } from "../service/splits";
import { applicationHref } from "./href";
import { accountParams, applicationParams, originField } from "./parameters";
import { defineRoute, type WireContext } from "./route";

/** The clone URL; slashes of the name, which split applications have, are left out. */
export function gitUrl({ publicUrl }: WireContext, { account_id, id, name }: ApplicationView): string {
    return `${publicUrl}/account/${account_id}/application/${id}/${name.replaceAll("/", "")}.git`;
}

function summaryToWire(application: ApplicationView, wire: WireContext) {
    return {
        id: application.id,
        href: applicationHref(application.account_id, application.id),
        application_name: application.name,
        ...(wire.extensions && { git_url: gitUrl(wire, application) }),
    };
}

/** The URLs that an application answers for. */
export function prefixToWire({ path_prefix }: Pick<ApplicationView, "path_prefix">) {
    return { path_prefix, path_prefixes: [path_prefix] };
}

function applicationToWire(application: ApplicationView, wire: WireContext) {
    return { ...summaryToWire(application, wire), ...prefixToWire(application) };
}

export const applicationRoutes = [
    defineRoute({
        operation: "applicationList",
        method: "GET",
        path: "/account/:accountId/application",
        summary: "The applications of an account",
        access: "member",
        params: accountParams,
        failures: [],
        handle: async ({ context, member, wire }) => (await listApplications(context, member)).map((each) => summaryToWire(each, wire)),
    }),
    defineRoute({
        operation: "applicationCreate",
        method: "POST",
        path: "/account/:accountId/application/create",
        summary: "An application with repository and Production; origin is looked up in DNS when it is not named",
        access: ["admin"],
        params: accountParams,
        body: z
            .strictObject({ hostname: z.string().max(1000), origin: originField, stackName: stackNameSchema.optional() })
            .refine(({ origin, stackName }) => origin !== undefined || stackName !== undefined, "needs origin or stackName beside hostname"),
        creates: true,
        failures: ["hostname-taken", "system-limit", "unknown-stack"],
        handle: async ({ context, member, body, wire }) => applicationToWire(await createApplication(context, member, body), wire),
    }),
    defineRoute({
        operation: "applicationGet",
        method: "GET",
        path: "/account/:accountId/application/:applicationId",
        summary: "One application",
        access: "member",
        params: applicationParams,
        failures: [],
        handle: async ({ context, member, params, wire }) => applicationToWire(await getApplication(context, member, params.applicationId), wire),
    }),
    defineRoute({
        operation: "applicationDelete",
        method: "DELETE",
        path: "/account/:accountId/application/:applicationId",
        summary: "Delete an application with its repository, environments and domains",
        access: ["admin"],
        params: applicationParams,
        failures: ["application-has-children"],
        status: 204,
        handle: ({ context, member, params }) => deleteApplication(context, member, params.applicationId),
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
        failures: ["prefix-taken", "system-limit"],
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
        failures: ["hostname-taken", "system-limit"],
        handle: async ({ context, member, params, body, wire }) => applicationToWire(await cloneApplication(context, member, params.applicationId, body), wire),
    }),
];
