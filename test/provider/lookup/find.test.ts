import assert from "node:assert/strict";
import { isProblem } from "section-model";
import { Client } from "../../../client/client";
import {
    findApplication,
    findDomain,
    findEnvironment,
    findEstate,
    findOrganization,
} from "../../../provider/lookup/find";
import { applicationsOf } from "../../../provider/lookup/look-up";
import type { EstateResult } from "../../../provider/lookup/results";
import { type FaultProxy, startFaultProxy } from "../../support/fault-proxy";
import { type RunningPlatform, startPlatform } from "../../support/platform";

/** Two clients of one name, Staging with two hostnames, a split application, a pending member. */
async function makeEstate({ api }: RunningPlatform) {
    const site = async (name: string, hostname: string) => {
        const { id, applications } = await api.must("POST", "/account/create", { name, hostname, origin: "192.0.2.1" });
        return { account: id as number, application: applications[0].id as number };
    };
    const acme = await site("Acme", "www.acme.example");
    const twin = await site("Twin", "www.one.example");
    const other = await site("Twin", "www.two.example");
    const at = `/account/${acme.account}/application/${acme.application}`;
    await api.must("POST", `${at}/environment/create`, {
        name: "Staging",
        source_environment_name: "Production",
        domain_name: "staging.acme.example",
    });
    await api.must("POST", `${at}/environment/Staging/domain/qa.acme.example`);
    const { id: shop } = await api.must("POST", `${at}/split`, { pathPrefix: "/shop/" });
    await api.must("POST", `/account/${acme.account}/user`, { email: "Jane@agency.example" });
    return { acme, twin, other, at, shop: shop as number };
}

for (const extensions of [true, false]) {
    describe(`look-ups ${extensions ? "with extensions" : "of pure v1"}`, function () {
        this.timeout(60_000);
        let platform: RunningPlatform;
        let proxy: FaultProxy;
        let estate: Awaited<ReturnType<typeof makeEstate>>;
        before(async () => {
            platform = await startPlatform({ extensions });
            proxy = await startFaultProxy(platform.url);
            estate = await makeEstate(platform);
        });
        after(async () => {
            await proxy.close();
            await platform.close();
        });
        const open = () => new Client({ endpoint: proxy.url, token: platform.token });

        /** What `work` comes to, and the requests it took. */
        async function counted<T>(work: () => Promise<T>): Promise<{ result: T; requests: string[] }> {
            const before = proxy.seen.length;
            const result = await work();
            return {
                result,
                requests: proxy.seen
                    .slice(before)
                    .map(({ method, path }) => `${method} ${path.replace("/api/v1", "")}`),
            };
        }

        it(extensions ? "all share one request" : "share the graph and ask what it does not say", async () => {
            const { acme, at } = estate;
            const { result, requests } = await counted(async () => {
                const client = open();
                return Promise.all([
                    findEstate(client),
                    findOrganization(client, { name: "Acme" }),
                    findOrganization(client, { id: String(acme.account) }),
                    findApplication(client, { hostname: "WWW.Acme.example." }),
                    findApplication(client, { id: `${acme.account}/${acme.application}` }),
                    findEnvironment(client, { application: "www.acme.example", name: "Staging" }),
                    findEnvironment(client, { id: `${acme.account}/${acme.application}/Staging` }),
                    findDomain(client, { hostname: "QA.acme.example" }),
                    findDomain(client, { id: `${acme.account}/${acme.application}/Staging/qa.acme.example` }),
                ]);
            });
            const graph = "GET /account/graph?detail=true";
            if (extensions) assert.deepEqual(requests, [graph]);
            else {
                const lists = (name: string) => requests.filter((each) => each.endsWith(name)).length;
                assert.deepEqual(
                    [lists("/user"), lists("/environment"), lists("/account"), requests.length],
                    [3, 4, 1, 9],
                    requests.join("\n"),
                );
            }
            const [all, acmeByName, acmeById, wwwByName, wwwById, stagingByName, stagingById, qaByName, qaById] =
                result;
            assert.deepEqual(acmeById, acmeByName);
            assert.deepEqual([wwwById, stagingById, qaById], [wwwByName, stagingByName, qaByName]);
            assert.deepEqual(all.organizations[0], acmeByName);
            assert.deepEqual(acmeByName.applications[0], wwwByName);
            assert.deepEqual(wwwByName.environments[1], stagingByName);
            assert.deepEqual(stagingByName.domains[1], qaByName);

            assert.deepEqual(
                acmeByName.members?.map(({ id, role, status }) => [id.split("/")[1], role, status]),
                [
                    ["olga@agency.example", "admin", "active"],
                    ["jane@agency.example", "admin", extensions ? "pending" : "active"],
                ],
            );
            const [production] = await platform.api.get(`${at}/environment`);
            assert.deepEqual(
                { ...wwwByName, environments: [] },
                {
                    id: `${acme.account}/${acme.application}`,
                    organization: String(acme.account),
                    hostname: "www.acme.example",
                    pathPrefix: "/",
                    gitUrl: `${extensions ? platform.url : proxy.url}${at}/www.acme.example.git`,
                    cname: "www.acme.example.c.section.io",
                    production: `${acme.account}/${acme.application}/Production`,
                    environments: [],
                },
            );
            assert.equal(wwwByName.environments[0]?.head, production.head?.commit);
            assert.deepEqual(
                { ...qaByName, dns: { ...qaByName.dns, notes: [] } },
                {
                    id: `${acme.account}/${acme.application}/Staging/qa.acme.example`,
                    environment: stagingByName.id,
                    hostname: "qa.acme.example",
                    cname: "qa.acme.example.c.section.io",
                    zoneName: "acme.example",
                    engaged: false,
                    dns: { ...qaByName.dns, notes: [] },
                },
            );
            assert.equal(qaByName.dns.line, "qa 300 IN CNAME qa.acme.example.c.section.io.");
            assert.doesNotMatch(JSON.stringify(result), new RegExp(platform.token), "a token is in a result");
        });

        it("find a split application by its id, with environments and no domains of its own", async () => {
            const { acme, shop } = estate;
            const found = await findApplication(open(), { id: `${acme.account}/${shop}` });
            assert.deepEqual([found.hostname, found.pathPrefix], ["www.acme.example", "/shop/"]);
            assert.deepEqual(
                found.environments.map(({ name, domains }) => [name, domains]),
                [
                    ["Production", []],
                    ["Staging", []],
                ],
            );
        });

        it("say what is not there, and what two things answer to", async () => {
            const { twin, other } = estate;
            const client = open();
            const refused = (work: Promise<unknown>, code: string, message: RegExp) =>
                assert.rejects(work, (error) => isProblem(error) && error.code === code && message.test(error.message));
            await refused(
                findOrganization(client, { name: "acme" }),
                "not-found",
                /there is no organization named acme that this token can see\. Check/,
            );
            await refused(
                findOrganization(client, { name: "Twin" }),
                "invalid-input",
                new RegExp(`2 organizations named Twin: ${twin.account}, ${other.account}\\. Look for the id`),
            );
            await refused(
                findApplication(client, { hostname: "qa.acme.example" }),
                "not-found",
                /there is no application qa\.acme\.example/,
            );
            await refused(
                findEnvironment(client, { application: "www.acme.example", name: "staging" }),
                "not-found",
                /environment staging of application/,
            );
            await refused(
                findDomain(client, { id: `${twin.account}/1/Staging/qa.acme.example` }),
                "not-found",
                /there is no domain/,
            );
            await refused(
                findDomain(client, {}),
                "invalid-input",
                /getDomain got nothing to look for\. Give it one of id and hostname/,
            );
            await refused(
                findOrganization(client, { id: "1", name: "Acme" }),
                "invalid-input",
                /two things to look for/,
            );
            await refused(findEnvironment(client, { name: "Staging" }), "invalid-input", /application with name/);
            await refused(
                findApplication(client, { id: "seven" }),
                "invalid-input",
                /"seven" is not an id of the form ORGANIZATION\/APPLICATION/,
            );
        });

        it("find what was made after the others looked, by one more request", async () => {
            const client = open();
            assert.equal(applicationsOf([]).length, 0);
            const before: EstateResult = await findEstate(client);
            await platform.api.must("POST", "/account/create", {
                name: `Late ${extensions}`,
                hostname: "late.acme.example",
                origin: "192.0.2.1",
            });
            const { result, requests } = await counted(() => findDomain(client, { hostname: "late.acme.example" }));
            assert.equal(requests.filter((each) => each.includes("/graph")).length, 1);
            assert.equal(result.hostname, "late.acme.example");
            assert.equal((await findEstate(client)).organizations.length, before.organizations.length + 1);
        });
    });
}

describe("look-ups by a member who is no admin", () => {
    it("see sites and not people", async () => {
        const platform = await startPlatform();
        try {
            const { acme } = await makeEstate(platform);
            const reader = await platform.signUp("reader@agency.example");
            await platform.api.must("POST", `/account/${acme.account}/user`, {
                email: "reader@agency.example",
                accountCapability: "readonly",
            });
            const client = new Client({ endpoint: platform.url, token: reader.token as string });
            const { organizations } = await findEstate(client);
            assert.deepEqual(
                organizations.map(({ name, isAdmin, members, applications }) => [
                    name,
                    isAdmin,
                    members,
                    applications.length,
                ]),
                [["Acme", false, undefined, 2]],
            );
        } finally {
            await platform.close();
        }
    });
});
