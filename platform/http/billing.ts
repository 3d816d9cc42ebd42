import { z } from "zod";
import { getBillingSummary } from "../service/billing";
import { instantField } from "./fields";
import { accountParams } from "./parameters";
import { defineRoute } from "./route";
import { named } from "./schema-definitions";

const summaryAnswer = named(
    "BillingSummary",
    z.strictObject({
        enabled: z.boolean(),
        provisioning: z.boolean(),
        user: z.string(),
        meter_type: z.string(),
        outstanding_balance: z.number(),
        period_next: z.string(),
        period_started: instantField,
        billing_portal: z.string(),
        state: z.string(),
    }),
);

const figure = z.number();
const periodAnswer = named(
    "BillingHistory",
    z.strictObject({
        date: z.string(),
        total_cost: figure,
        view_base: figure,
        view_varnish: figure,
        view_modsecurity: figure,
        data_au: figure,
        data_us: figure,
        data_eu: figure,
        data_varnish: figure,
        data_modsecurity: figure,
    }),
);

export const billingRoutes = [
    defineRoute({
        operation: "accountBillingGet",
        method: "GET",
        path: "/account/:accountId/billingsummary",
        summary: "What an account owes: nothing, on a platform that bills nobody",
        access: ["admin"],
        params: accountParams,
        failures: [],
        answer: summaryAnswer,
        handle: async ({ context, member }) => {
            const { owner, since } = await getBillingSummary(context, member);
            return {
                enabled: false,
                provisioning: false,
                user: owner,
                meter_type: "none",
                outstanding_balance: 0,
                period_next: "",
                period_started: since.toISOString(),
                billing_portal: "",
                state: "active",
            };
        },
    }),
    defineRoute({
        operation: "accountBillingHistoryGet",
        method: "GET",
        path: "/account/:accountId/billinghistory",
        summary: "Past billing periods: none, on a platform that bills nobody",
        access: ["admin"],
        params: accountParams,
        failures: [],
        answer: z.array(periodAnswer),
        handle: async () => [],
    }),
];
