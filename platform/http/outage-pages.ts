import { z } from "zod";
import { disengageOutagePage, engageOutagePage, listOutagePages } from "../service/outage-pages";
import { atEnvironment, environmentParams, placeOfEnvironment } from "./parameters";
import { defineRoute } from "./route";
import { named } from "./schema-definitions";

const path = `${atEnvironment}/outagepage`;

const outagePageAnswer = named("OutagePage", z.strictObject({ name: z.string(), engaged: z.boolean() }));

export const outagePageRoutes = [
    defineRoute({
        operation: "outagePageGet",
        method: "GET",
        path,
        summary: "The outage pages of an environment, and which of them is shown",
        access: "member",
        params: environmentParams,
        failures: [],
        answer: z.array(outagePageAnswer),
        handle: ({ context, member, params }) => listOutagePages(context, member, placeOfEnvironment(params)),
    }),
    defineRoute({
        operation: "outagePagePost",
        method: "POST",
        path,
        summary: "Show an outage page instead of the site",
        access: ["admin", "state"],
        params: environmentParams,
        query: z.object({ pageName: z.string("must be the name of an outage page").min(1, "is empty").max(1024) }),
        failures: [],
        status: 204,
        handle: ({ context, member, params, query }) =>
            engageOutagePage(context, member, placeOfEnvironment(params), query.pageName),
    }),
    defineRoute({
        operation: "outagePageDelete",
        method: "DELETE",
        path,
        summary: "Show the site again",
        access: ["admin", "state"],
        params: environmentParams,
        failures: [],
        status: 204,
        handle: ({ context, member, params }) => disengageOutagePage(context, member, placeOfEnvironment(params)),
    }),
];
