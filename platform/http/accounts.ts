// "Account" is v1's word for an organization. People and programs read "organization"; all of platform/ says "account".
import { organizationNameSchema } from "section-model";
import { z } from "zod";
import {
    type AccountView,
    createAccount,
    createAccountWithApplication,
    deleteAccount,
    getAccount,
    listAccountDomains,
    listAccounts,
    renameAccount,
} from "../service/accounts";
import { accountGraphRoute } from "./account-graph";
import { claimAnswer, claimField, claimQuery, claimToWire } from "./claims";
import { idField } from "./fields";
import { placeToTakeFrom, takesFromField } from "./hand-over";
import { accountHref, applicationHref } from "./href";
import { accountParams, flagSchema, originField, stackField } from "./parameters";
import { defineRoute, type WireContext } from "./route";
import { named } from "./schema-definitions";
import { userAnswer, userToWire } from "./users";

function accountToWire(account: AccountView, wire: WireContext): z.infer<typeof accountAnswer> {
    return {
        id: account.id,
        href: accountHref(account.id),
        account_name: account.name,
        is_admin: account.capability === "admin",
        billing_user: account.owner_id,
        requires_2fa: account.requires_2fa,
        // of the owner's other accounts nobody here learns
        owner: userToWire({
            ...account,
            id: account.owner_id,
            requires_2fa: account.owner_requires_2fa,
            enforced_2fa: account.requires_2fa,
        }),
        ...claimToWire(account, wire),
    };
}

const hostname = z.string().max(1000);

const accountAnswer = named(
    "Account",
    z.strictObject({
        id: idField,
        href: z.string(),
        account_name: z.string(),
        is_admin: z.boolean(),
        billing_user: idField,
        requires_2fa: z.boolean(),
        owner: userAnswer,
        claim: claimAnswer,
    }),
);

const createAnswer = named(
    "CreateAccountResponse",
    z.strictObject({
        id: idField,
        href: z.string(),
        account_name: z.string(),
        applications: z.array(z.strictObject({ id: idField, href: z.string(), application_name: z.string() })),
        claim: claimAnswer,
    }),
);

const domainListAnswer = named(
    "DomainList",
    z.array(z.strictObject({ domain_name: z.string(), engaged: z.boolean() })),
);

export const accountRoutes = [
    defineRoute({
        operation: "accountList",
        method: "GET",
        path: "/account",
        summary: "The accounts the caller belongs to",
        access: "user",
        twoFactorExempt: true,
        failures: [],
        answer: z.array(accountAnswer),
        handle: async ({ context, caller, wire }) =>
            (await listAccounts(context, caller)).map((each) => accountToWire(each, wire)),
    }),
    accountGraphRoute,
    defineRoute({
        operation: "accountCreate",
        method: "POST",
        path: "/account/create",
        summary: "An account with its first application",
        access: "verified",
        body: z.strictObject({
            name: organizationNameSchema,
            hostname,
            origin: originField,
            stackName: stackField,
            claim: claimField,
            takes_from: takesFromField,
        }),
        creates: true,
        failures: ["hostname-taken", "system-limit", "unknown-stack", "claim-held"],
        answer: createAnswer,
        handle: async ({ context, caller, body, wire }) => {
            const { account, applicationId, applicationName } = await createAccountWithApplication(
                context,
                caller,
                body.name,
                { ...body, takesFrom: placeToTakeFrom(body.takes_from) },
            );
            const application = {
                id: applicationId,
                href: applicationHref(account.id, applicationId),
                application_name: applicationName,
            };
            return {
                id: account.id,
                href: accountHref(account.id),
                account_name: account.name,
                applications: [application],
                ...claimToWire(account, wire),
            };
        },
    }),
    defineRoute({
        operation: "accountCreateEmpty",
        method: "POST",
        path: "/account",
        summary: "An account without an application",
        access: "verified",
        body: z.strictObject({ name: organizationNameSchema, claim: claimField }),
        creates: true,
        failures: ["system-limit"],
        extension: "account.create",
        answer: accountAnswer,
        handle: async ({ context, caller, body, wire }) =>
            accountToWire(await createAccount(context, caller, body.name, body.claim), wire),
    }),
    defineRoute({
        operation: "accountGet",
        method: "GET",
        path: "/account/:accountId",
        summary: "One account",
        access: "member",
        params: accountParams,
        failures: [],
        answer: accountAnswer,
        handle: async ({ context, member, wire }) => accountToWire(await getAccount(context, member), wire),
    }),
    defineRoute({
        operation: "accountRename",
        method: "PATCH",
        path: "/account/:accountId",
        summary: "Rename an account",
        access: ["admin"],
        params: accountParams,
        body: z.strictObject({ account_name: organizationNameSchema }),
        failures: [],
        extension: "account.rename",
        answer: accountAnswer,
        handle: async ({ context, member, body, wire }) =>
            accountToWire(await renameAccount(context, member, body.account_name), wire),
    }),
    defineRoute({
        operation: "accountDelete",
        method: "DELETE",
        path: "/account/:accountId",
        summary: "Delete an account that has no applications left",
        access: ["admin"],
        params: accountParams,
        query: claimQuery,
        failures: ["account-not-empty", "claim-held"],
        extension: "account.delete",
        status: 204,
        handle: ({ context, member, query }) => deleteAccount(context, member, query.claim),
    }),
    defineRoute({
        operation: "accountDomainList",
        method: "GET",
        path: "/account/:accountId/domains",
        summary: "Every domain of an account",
        access: ["admin", "state"],
        twoFactorExempt: true,
        params: accountParams,
        query: z.object({ engaged: flagSchema.optional() }),
        failures: [],
        answer: domainListAnswer,
        handle: async ({ context, member, query }) =>
            (await listAccountDomains(context, member, query.engaged)).map(({ hostname: name, engaged }) => ({
                domain_name: name,
                engaged,
            })),
    }),
];
