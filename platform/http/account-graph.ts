// "Account" is v1's word for an organization. People and programs read "organization"; all of platform/ says "account".
import { z } from "zod";
import { type AccountGraph, graphAccounts } from "../service/accounts";
import { describeEstate, type EstateAccount } from "../service/estate";
import type { ApplicationRow, EnvironmentRow } from "../store/database";
import { gitUrl, prefixFields, prefixToWire } from "./applications";
import { claimAnswer, claimToWire } from "./claims";
import { domainAnswer, domainToWire, headField, headSchema } from "./environments";
import { idField } from "./fields";
import { accountHref, applicationHref } from "./href";
import { memberAnswer, memberToWire } from "./memberships";
import { flagSchema } from "./parameters";
import { defineRoute, type WireContext } from "./route";
import { extended, named } from "./schema-definitions";

const detail = "account.graph_detail";

const graphAnswer = named(
    "AccountGraph",
    z.strictObject({
        id: idField,
        href: z.string(),
        account_name: z.string(),
        is_admin: extended(detail, z.boolean()),
        members: extended(detail, z.array(memberAnswer)),
        claim: claimAnswer,
        applications: z.array(
            z.strictObject({
                id: idField,
                href: z.string(),
                application_name: z.string(),
                ...prefixFields,
                git_url: extended(detail, z.string()),
                claim: claimAnswer,
                environments: z.array(
                    z.strictObject({
                        id: idField,
                        environment_name: z.string(),
                        domains: extended(detail, z.array(domainAnswer)),
                        head: extended(detail, headSchema),
                        claim: claimAnswer,
                    }),
                ),
            }),
        ),
    }),
);

type Graph = z.infer<typeof graphAnswer>;

const accountFields = ({ id, name }: { id: number; name: string }) => ({
    id,
    href: accountHref(id),
    account_name: name,
});
const environmentFields = ({ id, name }: EnvironmentRow) => ({ id, environment_name: name });
const applicationFields = (application: ApplicationRow) => ({
    id: application.id,
    href: applicationHref(application.account_id, application.id),
    application_name: application.name,
    ...prefixToWire(application),
});

function graphToWire({ account, applications }: AccountGraph): Graph {
    return {
        ...accountFields(account),
        applications: applications.map(({ application, environments }) => ({
            ...applicationFields(application),
            environments: environments.map(environmentFields),
        })),
    };
}

function estateToWire({ account, members, applications }: EstateAccount, wire: WireContext): Graph {
    return {
        ...accountFields(account),
        is_admin: account.capability === "admin",
        ...claimToWire(account, wire),
        ...(members && { members: members.map((member) => memberToWire(member, wire)) }),
        applications: applications.map(({ application, environments }) => ({
            ...applicationFields(application),
            git_url: gitUrl(wire, application),
            ...claimToWire(application, wire),
            environments: environments.map(({ environment, domains, head }) => ({
                ...environmentFields(environment),
                domains: domains.map((domain) => domainToWire(domain, wire)),
                ...headField(head),
                ...claimToWire(environment, wire),
            })),
        })),
    };
}

export const accountGraphRoute = defineRoute({
    operation: "accountGraph",
    method: "GET",
    path: "/account/graph",
    summary: "Accounts with their applications and environments, in one answer",
    access: "user",
    query: z.object({ detail: extended(detail, flagSchema) }),
    failures: [],
    answer: z.array(graphAnswer),
    handle: async ({ context, caller, wire, query }) => {
        if (query.detail && wire.extensions)
            return (await describeEstate(context, caller)).map((account) => estateToWire(account, wire));
        return (await graphAccounts(context, caller)).map(graphToWire);
    },
});
