import { stackNameSchema } from "section-model";
import { z } from "zod";
import { createApplication, deleteApplication, getApplication, listApplications } from "../service/applications";
import { verifyDomains } from "../service/domains";
import type { ApplicationRow } from "../store/database";
import { applicationHref } from "./href";
import { accountParams, applicationParams } from "./parameters";
import { defineRoute, type WireContext } from "./route";

type Named = Pick<ApplicationRow, "id" | "account_id" | "name">;

/** The clone URL; slashes of the name, which split applications have, are left out. */
export function gitUrl({ publicUrl }: WireContext, { account_id, id, name }: Named): string {
    return `${publicUrl}/account/${account_id}/application/${id}/${name.replaceAll("/", "")}.git`;
}

function summaryToWire(application: Named, wire: WireContext) {
    return {
        id: application.id,
        href: applicationHref(application.account_id, application.id),
        application_name: application.name,
        ...(wire.extensions && { git_url: gitUrl(wire, application) }),
    };
}

function applicationToWire(application: Named, wire: WireContext) {
    return { ...summaryToWire(application, wire), path_prefix: "/", path_prefixes: ["/"] };
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
            .strictObject({ hostname: z.string().max(1000), origin: z.string().max(256).optional(), stackName: stackNameSchema.optional() })
            .refine(({ origin, stackName }) => origin !== undefined || stackName !== undefined, "needs origin or stackName beside hostname"),
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
        failures: [],
        status: 204,
        handle: ({ context, member, params }) => deleteApplication(context, member, params.applicationId),
    }),
    defineRoute({
        operation: "applicationVerifyEngaged",
        method: "GET",
        path: "/account/:accountId/application/:applicationId/verifyEngaged",
        summary: "Ask the DNS now whether any domain of an application is live",
        access: "member",
        params: applicationParams,
        failures: ["too-many-domains"],
        handle: async ({ context, member, params }) => {
            const hostnames = await verifyDomains(context, member, params.applicationId);
            return { is_engaged: Object.values(hostnames).some(Boolean), hostnames };
        },
    }),
];
