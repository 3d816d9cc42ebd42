import { cnameTarget, zoneName } from "section-model";
import { z } from "zod";
import type { Head } from "../git/repositories";
import { listDeployments } from "../service/deployments";
import {
    createEnvironment,
    deleteEnvironment,
    type EnvironmentView,
    getEnvironment,
    getHead,
    listCommits,
    listEnvironments,
} from "../service/environments";
import type { NamedDomain } from "../store/domains";
import { claimAnswer, claimField, claimQuery, claimToWire } from "./claims";
import { idField, instantField } from "./fields";
import { placeToTakeFrom, takesFromField } from "./hand-over";
import { environmentHref } from "./href";
import { applicationParams, environmentParams } from "./parameters";
import { defineRoute, type WireContext } from "./route";
import { extended, named, shownAs } from "./schema-definitions";

export const commitId = z.string().regex(/^[0-9a-f]{40}$/);

export const domainAnswer = named(
    "DomainSummary",
    z.strictObject({
        name: z.string(),
        zoneName: z.string(),
        cname: z.string(),
        engaged: extended("domain.engaged", z.boolean()),
        engaged_checked_at: extended("domain.engaged", instantField.nullable()),
        claim: claimAnswer,
    }),
);

export const headSchema = z.strictObject({ commit: commitId, tree: commitId });

export const environmentAnswer = named(
    "EnvironmentSummary",
    z.strictObject({
        id: idField,
        href: z.string(),
        environment_name: z.string(),
        domains: z.array(domainAnswer),
        is_hosted: z.boolean(),
        dns_bypass_address: z.string().optional(),
        head: extended("environment.head", headSchema),
        claim: claimAnswer,
    }),
);

const authorField = z.strictObject({ name: z.string(), email: z.string() });
const headFields = { commit: commitId, tree: commitId, author: authorField, committed_at: instantField };
const headAnswer = named("EnvironmentHead", z.strictObject({ ...headFields, subject: z.string() }));
export const commitAnswer = named("EnvironmentCommit", z.strictObject({ ...headFields, message: z.string() }));

const deploymentAnswer = named(
    "Deployment",
    z.strictObject({
        id: idField,
        commit: commitId,
        status: z.literal("deployed"),
        author: authorField,
        created_at: instantField,
    }),
);

export function domainToWire(
    { hostname, engaged, engaged_checked_at, claim }: NamedDomain,
    { extensions, edgeDomain }: WireContext,
): z.infer<typeof domainAnswer> {
    return {
        name: hostname,
        zoneName: zoneName(hostname),
        cname: cnameTarget(hostname, edgeDomain),
        ...(extensions && { engaged, engaged_checked_at: engaged_checked_at?.toISOString() ?? null }),
        ...claimToWire({ claim }, { extensions }),
    };
}

/** The commit a branch is at, if it has one. */
export function headField(head: Head | undefined): { head?: z.infer<typeof headSchema> } {
    return head === undefined ? {} : { head: { commit: head.commit, tree: head.tree } };
}

/** An environment as v1 summarises it, with head and live state when extensions are on. */
export function environmentToWire(
    { environment, domains, head, bypassAddress }: EnvironmentView,
    wire: WireContext,
): z.infer<typeof environmentAnswer> {
    return {
        id: environment.id,
        href: environmentHref(environment.account_id, environment.application_id, environment.name),
        environment_name: environment.name,
        domains: domains.map((domain) => domainToWire(domain, wire)),
        is_hosted: false,
        ...(bypassAddress !== undefined && { dns_bypass_address: bypassAddress }),
        ...(wire.extensions && headField(head)),
        ...claimToWire(environment, wire),
    };
}

export function headToWire(head: Head): z.infer<typeof commitAnswer> {
    const { commit, tree, message, author, committedAt } = head;
    return { commit, tree, message, author, committed_at: committedAt.toISOString() };
}

const atEnvironment = "/account/:accountId/application/:applicationId/environment/:environmentName";

export const environmentRoutes = [
    defineRoute({
        operation: "environmentList",
        method: "GET",
        path: "/account/:accountId/application/:applicationId/environment",
        summary: "The environments of an application",
        access: "member",
        params: applicationParams,
        failures: [],
        answer: z.array(environmentAnswer),
        handle: async ({ context, member, params, wire }) =>
            (await listEnvironments(context, member, params.applicationId)).map((each) =>
                environmentToWire(each, wire),
            ),
    }),
    defineRoute({
        operation: "environmentCreate",
        method: "POST",
        path: "/account/:accountId/application/:applicationId/environment/create",
        summary: "An environment: a branch copied from another one, with its first hostname",
        access: ["admin"],
        params: applicationParams,
        body: z.strictObject({
            name: shownAs(z.string().max(300), { type: "string", pattern: "^[A-Za-z][A-Za-z0-9]*$", maxLength: 64 }),
            source_environment_name: shownAs(z.string().max(300), { type: "string", pattern: "^[A-Za-z0-9]+$" }),
            domain_name: z.string().max(1000),
            claim: claimField,
            takes_from: takesFromField,
        }),
        creates: true,
        failures: ["environment-exists", "domain-elsewhere", "shared-by-root", "claim-held"],
        answer: environmentAnswer,
        handle: async ({ context, member, params, body, wire }) => {
            const { name, source_environment_name: from, domain_name: hostname, claim, takes_from } = body;
            const request = { name, from, hostname, claim, takesFrom: placeToTakeFrom(takes_from) };
            return environmentToWire(await createEnvironment(context, member, params.applicationId, request), wire);
        },
    }),
    defineRoute({
        operation: "environmentGet",
        method: "GET",
        path: atEnvironment,
        summary: "One environment",
        access: "member",
        params: environmentParams,
        failures: [],
        answer: environmentAnswer,
        handle: async ({ context, member, params, wire }) =>
            environmentToWire(
                await getEnvironment(context, member, params.applicationId, params.environmentName),
                wire,
            ),
    }),
    defineRoute({
        operation: "environmentDelete",
        method: "DELETE",
        path: atEnvironment,
        summary: "Delete an environment with its branch and domains",
        access: ["admin"],
        params: environmentParams,
        query: claimQuery,
        failures: ["environment-protected", "shared-by-root", "claim-held"],
        extension: "environment.delete",
        status: 204,
        handle: ({ context, member, params, query }) =>
            deleteEnvironment(context, member, params.applicationId, params.environmentName, query.claim),
    }),
    defineRoute({
        operation: "environmentHead",
        method: "GET",
        path: `${atEnvironment}/head`,
        summary: "The commit an environment is at",
        access: "member",
        params: environmentParams,
        failures: [],
        extension: "environment.head",
        answer: headAnswer,
        handle: async ({ context, member, params }) => {
            const { message, ...rest } = headToWire(
                await getHead(context, member, params.applicationId, params.environmentName),
            );
            // a top-level `message` is a failure to some clients
            return { ...rest, subject: message.split("\n", 1).join() };
        },
    }),
    defineRoute({
        operation: "environmentCommits",
        method: "GET",
        path: `${atEnvironment}/commits`,
        summary: "Commits of an environment, newest first",
        access: "member",
        params: environmentParams,
        query: z.object({
            limit: z.coerce.number().int().min(1).max(100).default(20),
            before: commitId.optional(),
        }),
        failures: [],
        extension: "environment.commits",
        answer: z.array(commitAnswer),
        handle: async ({ context, member, params, query }) =>
            (await listCommits(context, member, params.applicationId, params.environmentName, query)).map(headToWire),
    }),
    defineRoute({
        operation: "environmentDeployments",
        method: "GET",
        path: `${atEnvironment}/deployments`,
        summary: "When which commit became what an environment serves, newest first",
        access: "member",
        params: environmentParams,
        failures: [],
        extension: "environment.deployments",
        answer: z.array(deploymentAnswer),
        handle: async ({ context, member, params }) =>
            (await listDeployments(context, member, params.applicationId, params.environmentName)).map(
                (deployment) => ({
                    id: deployment.id,
                    commit: deployment.commit,
                    status: "deployed" as const,
                    author: { name: deployment.author_name, email: deployment.author_email },
                    created_at: deployment.created_at.toISOString(),
                }),
            ),
    }),
];
