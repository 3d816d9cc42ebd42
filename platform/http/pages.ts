import { isProblem, type Problem } from "section-model";
import { z } from "zod";
import type { Member } from "../auth/caller";
import { applicationPage } from "../page/application";
import { commitPage, comparisonPage } from "../page/commit";
import { domainPage } from "../page/domain";
import { domainsPage } from "../page/domains";
import { type Configuration, environmentPage } from "../page/environment";
import { filePage } from "../page/file";
import { type ListRequest, rowsPerPage } from "../page/listed-rows";
import { membersPage } from "../page/memberships";
import { organizationPage } from "../page/organization";
import { organizationsPage } from "../page/organizations";
import { getApplication } from "../service/applications";
import { getHttps, requireDomain } from "../service/certificates";
import { compareEnvironments, getCommit } from "../service/commits";
import { type BranchPlace, getBlock, getProxyChain } from "../service/configuration";
import type { Context } from "../service/context";
import { egressOfBlock } from "../service/egress";
import { getEnvironment, listCommits, listEnvironments } from "../service/environments";
import {
    getOrganization,
    listDomains,
    listOrganizations,
    listSites,
    searchMembers,
    type Window,
} from "../service/listings";
import { getFile, listFiles } from "../service/previews";
import { gitUrl } from "./applications";
import { definePage } from "./page";
import { accountDomainParams, accountParams, applicationParams, environmentParams } from "./parameters";

const commitsPerPage = 20;
/** The rows of hostnames and members on an organization's page; the rest is on their own pages. */
const excerpt: Window = { limit: 10, offset: 0 };

const commitId = z.string().regex(/^[0-9a-f]{40}$/);

const listQuery = z.object({
    search: z.string().trim().max(200).catch(""),
    page: z.coerce.number().int().min(1).max(1_000_000).catch(1),
});

function windowOf({ search, page }: ListRequest): Window {
    return { search, limit: rowsPerPage, offset: (page - 1) * rowsPerPage };
}

async function readConfiguration(context: Context, member: Member, place: BranchPlace): Promise<Configuration> {
    try {
        const [chain, block] = await Promise.all([
            getProxyChain(context, member, place),
            getBlock(context, member, place),
        ]);
        return { chain, egress: egressOfBlock(block), blocked: block.ip_blacklist ?? [] };
    } catch (error) {
        if (isProblem(error) && error.code === "push-refused") return { reason: (error as Problem).detail };
        throw error;
    }
}

/** Every page behind the sign-in. */
export const pages = [
    definePage({
        path: "/",
        access: "user",
        query: listQuery,
        show: async ({ context, caller, query }) =>
            organizationsPage(await listOrganizations(context, caller, windowOf(query)), query),
    }),
    definePage({
        path: "/account/:accountId",
        access: "member",
        params: accountParams,
        query: listQuery,
        show: async ({ context, member, query }) => {
            const { capability } = member;
            const [organization, sites, domains, members] = await Promise.all([
                getOrganization(context, member),
                listSites(context, member, windowOf(query)),
                capability === "admin" || capability === "state" ? listDomains(context, member, excerpt) : undefined,
                capability === "admin" ? searchMembers(context, member, excerpt) : undefined,
            ]);
            return organizationPage({ organization, capability, sites, domains, members }, query);
        },
    }),
    definePage({
        path: "/account/:accountId/user",
        access: ["admin"],
        params: accountParams,
        query: listQuery,
        show: async ({ context, member, query }) =>
            membersPage(
                await getOrganization(context, member),
                await searchMembers(context, member, windowOf(query)),
                query,
            ),
    }),
    definePage({
        path: "/account/:accountId/domains",
        access: ["admin", "state"],
        params: accountParams,
        query: listQuery,
        show: async ({ context, member, query }) =>
            domainsPage(
                await getOrganization(context, member),
                await listDomains(context, member, windowOf(query)),
                query,
            ),
    }),
    definePage({
        path: "/account/:accountId/domain/:hostName",
        access: "member",
        params: accountDomainParams,
        show: async ({ context, member, params, wire }) => {
            const domain = await requireDomain(context, member, params.hostName);
            const [organization, { name }, https] = await Promise.all([
                getOrganization(context, member),
                getApplication(context, member, domain.application_id),
                getHttps(context, member, params.hostName),
            ]);
            const { edgeDomain } = wire;
            const authority = context.authority?.name;
            return domainPage({ organization, domain, https, applicationName: name, edgeDomain, authority });
        },
    }),
    definePage({
        path: "/account/:accountId/application/:applicationId",
        access: "member",
        params: applicationParams,
        show: async ({ context, member, params, wire }) => {
            const [organization, application, environments] = await Promise.all([
                getOrganization(context, member),
                getApplication(context, member, params.applicationId),
                listEnvironments(context, member, params.applicationId),
            ]);
            return applicationPage({
                organization,
                application,
                environments,
                gitUrl: gitUrl(wire, application),
                edgeDomain: wire.edgeDomain,
            });
        },
    }),
    definePage({
        path: "/account/:accountId/application/:applicationId/environment/:environmentName",
        access: "member",
        params: environmentParams,
        query: z.object({ before: commitId.optional().catch(undefined) }),
        show: async ({ context, member, params, query, wire }) => {
            const { applicationId, environmentName } = params;
            const [organization, application, view] = await Promise.all([
                getOrganization(context, member),
                getApplication(context, member, applicationId),
                getEnvironment(context, member, applicationId, environmentName),
            ]);
            const [configuration, commits, files] = await Promise.all([
                readConfiguration(context, member, { applicationId, environment: environmentName }),
                listCommits(context, member, applicationId, environmentName, {
                    limit: commitsPerPage + 1,
                    before: query.before,
                }),
                view.head === undefined ? [] : listFiles(context, member, applicationId, view.head.tree),
            ]);
            return environmentPage({
                organization,
                application,
                view,
                configuration,
                commits: commits.slice(0, commitsPerPage),
                before: query.before,
                hasMore: commits.length > commitsPerPage,
                files,
                edgeDomain: wire.edgeDomain,
            });
        },
    }),
    definePage({
        path: "/account/:accountId/application/:applicationId/environment/:environmentName/file/*",
        access: "member",
        params: environmentParams.extend({ "*": z.string().min(1).max(1024) }),
        show: async ({ context, member, params }) => {
            const { applicationId, environmentName, "*": path } = params;
            const [organization, application, file] = await Promise.all([
                getOrganization(context, member),
                getApplication(context, member, applicationId),
                getFile(context, member, applicationId, environmentName, path),
            ]);
            return filePage({ organization, application }, environmentName, file);
        },
    }),
    definePage({
        path: "/account/:accountId/application/:applicationId/commit/:commit",
        access: "member",
        params: applicationParams.extend({ commit: commitId }),
        show: async ({ context, member, params }) => {
            const [organization, application, view] = await Promise.all([
                getOrganization(context, member),
                getApplication(context, member, params.applicationId),
                getCommit(context, member, params.applicationId, params.commit),
            ]);
            return commitPage({ organization, application }, view);
        },
    }),
    definePage({
        path: "/account/:accountId/application/:applicationId/compare/:from/:to",
        access: "member",
        params: applicationParams.extend({ from: z.string().max(300), to: z.string().max(300) }),
        show: async ({ context, member, params: { applicationId, from, to } }) => {
            const [organization, application, promotion] = await Promise.all([
                getOrganization(context, member),
                getApplication(context, member, applicationId),
                compareEnvironments(context, member, applicationId, from, to),
            ]);
            return comparisonPage({ organization, application }, from, to, promotion);
        },
    }),
];
