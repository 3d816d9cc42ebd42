import { getBillingSummary } from "../service/billing";
import { accountParams } from "./parameters";
import { defineRoute } from "./route";

export const billingRoutes = [
    defineRoute({
        operation: "accountBillingGet",
        method: "GET",
        path: "/account/:accountId/billingsummary",
        summary: "What an account owes: nothing, on a platform that bills nobody",
        access: ["admin"],
        params: accountParams,
        failures: [],
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
        handle: async () => [],
    }),
];
