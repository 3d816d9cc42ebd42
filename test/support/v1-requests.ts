import type { Api } from "./api";
import { issueChain } from "./certificates";
import { fresh } from "./stores";

/** The values of right requests. */
export interface Site {
    api: Api;
    account: number;
    application: number;
    hostname: string;
    zone: string;
    /** The user who sends requests. */
    userId: number;
    /** Another member. */
    memberId: number;
}

/** A request; parameters of the path that it does not name are those of the site. */
export interface V1Request {
    parameters?: Record<string, string | number>;
    query?: string;
    headers?: Record<string, string>;
    body?: unknown;
}

const origin = "origin.example.net";
const environmentOf = ({ account, application }: Site) =>
    `/account/${account}/application/${application}/environment/Production`;
const freshName = (site: Site) => `${fresh("v")}.${site.zone}`;

async function freshApplication(site: Site): Promise<{ id: number; hostname: string }> {
    const hostname = freshName(site);
    const { id } = await site.api.must("POST", `/account/${site.account}/application/create`, { hostname, origin });
    return { id, hostname };
}

async function freshMember({ api, account }: Site): Promise<number> {
    const email = `${fresh("guest")}@agency.example`;
    await api.must("POST", `/account/${account}/user`, { email });
    return (await api.get(`/account/${account}/user`)).find((member: { email: string }) => member.email === email).id;
}

async function freshDomain(site: Site): Promise<string> {
    const hostName = freshName(site);
    await site.api.must("POST", `${environmentOf(site)}/domain/${hostName}`);
    return hostName;
}

async function freshRecord({ api, account, zone }: Site): Promise<string> {
    const recordName = `${fresh("record")}.${zone}`;
    await api.must("POST", `/account/${account}/zone/${zone}`, {
        recordName,
        recordType: "A",
        ttl: 300,
        recordData: ["192.0.2.7"],
    });
    return recordName;
}

const patch = [{ op: "add", path: "/notes", value: { made_by: "hand" } }];

const wholeOrigin = {
    address: origin,
    http_port: 80,
    https_port: 443,
    host_header: "www.acme.example",
    disable_keepalive: false,
    keepalive_seconds: 60,
};
const wholeEgress = {
    origins: { default: { ...wholeOrigin, tls_name: "www.acme.example" }, spare: { address: "192.0.2.9" } },
    remove_request_headers: ["X-Debug"],
    enable_sni: true,
    upstream_response_timeout_seconds: 30,
    verify_certificate: true,
    proxy_acme_challenge: false,
};

/**
 * Right requests, each of which can be sent again and again. An operation that is not listed needs neither a body nor a
 * query.
 */
const requests: Record<string, (site: Site) => V1Request | Promise<V1Request>> = {
    "POST /account/create": (site) => ({
        body: { name: fresh("Account "), hostname: freshName(site), origin, stackName: "varnish-6.3-basic" },
    }),
    "POST /account/{accountId}/user": () => ({
        body: { email: `${fresh("invited")}@agency.example`, first_name: "Ivy", last_name: "Invited" },
    }),
    "POST /account/{accountId}/user/{userId}": ({ memberId }) => ({
        parameters: { userId: memberId },
        body: { accountCapability: "readonly" },
    }),
    "GET /account/{accountId}/user/{userId}": ({ memberId }) => ({ parameters: { userId: memberId } }),
    "DELETE /account/{accountId}/user/{userId}": async (site) => ({ parameters: { userId: await freshMember(site) } }),
    "POST /user": () => ({ body: { company_name: "Acme" } }),
    "POST /user/linkexternal": () => ({ body: { payload: "of an identity provider" } }),
    "POST /account/{accountId}/application/create": (site) => ({ body: { hostname: freshName(site), origin } }),
    "DELETE /account/{accountId}/application/{applicationId}": async (site) => ({
        parameters: { applicationId: (await freshApplication(site)).id },
    }),
    "POST /account/{accountId}/application/{applicationId}/split": () => ({
        body: { pathPrefix: `/${fresh("part")}/` },
    }),
    "POST /account/{accountId}/application/{applicationId}/clone": (site) => ({
        body: { hostname: freshName(site), origin },
    }),
    "POST /account/{accountId}/application/{applicationId}/state": () => ({
        body: { proxy: "varnish", ban: "req.url ~ /" },
    }),
    "POST /account/{accountId}/application/{applicationId}/environment/create": (site) => ({
        body: { name: fresh("Env"), source_environment_name: "Production", domain_name: freshName(site) },
    }),
    "GET /account/{accountId}/application/{applicationId}/environment/{environmentName}": async (site) => {
        await site.api.must("POST", `${environmentOf(site)}/dnsbypass`);
        return {};
    },
    "POST /account/{accountId}/application/{applicationId}/environment/{environmentName}/ipRestrictions": () => ({
        body: { ip_blacklist: ["192.0.2.1", "198.51.100.0/24"] },
    }),
    "POST /account/{accountId}/application/{applicationId}/environment/{environmentName}/outagepage": () => ({
        query: "pageName=busy.html",
    }),
    "GET /proxytemplate/initialstate": () => ({ query: "proxyTemplateName=varnish:6.3.1" }),
    "GET /origin": ({ hostname }) => ({ query: `hostName=${hostname}` }),
    "POST /account/{accountId}/zone/{zoneName}": ({ zone }) => ({
        body: {
            recordName: `${fresh("record")}.${zone}`,
            recordType: "MX",
            ttl: 300,
            recordData: [{ preference: 10, exchange: `mail.${zone}` }],
        },
    }),
    "DELETE /account/{accountId}/zone/{zoneName}/{recordName}/{recordType}": async (site) => ({
        parameters: { recordName: await freshRecord(site), recordType: "A" },
    }),
    "POST /account/{accountId}/domain/{hostName}/https": async (site) => {
        const hostName = await freshDomain(site);
        const { publicCertificates, privateKey } = await issueChain([hostName], { name: `CN=${hostName}` });
        return {
            parameters: { hostName },
            body: { type: "custom", public_certificates: publicCertificates, private_key: privateKey },
        };
    },
    "POST /account/{accountId}/application/{applicationId}/environment/{environmentName}/domain/{hostName}": (
        site,
    ) => ({
        parameters: { hostName: freshName(site) },
    }),
    "DELETE /account/{accountId}/application/{applicationId}/environment/{environmentName}/domain/{hostName}": async (
        site,
    ) => ({
        parameters: { hostName: await freshDomain(site) },
    }),
    "POST /account/{accountId}/application/{applicationId}/environment/{environmentName}/enableHostedDNS": ({
        zone,
    }) => ({ body: { zoneName: zone } }),
    "PATCH /account/{accountId}/application/{applicationId}/environment/{environmentName}/configuration": () => ({
        body: patch,
    }),
    "PATCH /account/{accountId}/application/{applicationId}/environment/{environmentName}/update": () => ({
        headers: { filepath: "notes.json" },
        body: [{ op: "add", path: "", value: { made_by: "hand" } }],
    }),
    "POST /account/{accountId}/application/{applicationId}/environment/{environmentName}/egress": () => ({
        body: wholeEgress,
    }),
    "POST /account/{accountId}/application/{applicationId}/environment/{environmentName}/proxy/{proxyName}/configuration":
        () => ({
            body: { content: `vcl 4.1;\n# ${fresh("change")}\n`, message: "by hand", features: "{}" },
        }),
};

/** A request that has to succeed. */
export async function rightRequest(operation: string, site: Site): Promise<V1Request> {
    return (await requests[operation]?.(site)) ?? {};
}

/** The address of a request, below the root of the API. */
export function addressFor(path: string, site: Site, { parameters = {}, query }: V1Request = {}): string {
    const values: Record<string, string | number> = {
        accountId: site.account,
        applicationId: site.application,
        environmentName: "Production",
        userId: site.userId,
        hostName: site.hostname,
        zoneName: site.zone,
        proxyName: "varnish",
        operationName: "ban",
        helpId: "dns",
        testId: 1,
        ...parameters,
    };
    const filled = path.replaceAll(/{(\w+)}/g, (_, name: string) => encodeURIComponent(values[name] ?? "x"));
    return query === undefined ? filled : `${filled}?${query}`;
}
