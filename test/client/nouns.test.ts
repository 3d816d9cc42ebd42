import assert from "node:assert/strict";
import { createApplication, deleteApplication, listApplications } from "../../client/applications";
import { issueCertificate, readCertificate, returnToIssuing, uploadCertificate } from "../../client/certificates";
import { attachDomain, detachDomain, listDomainStates, listHostnames, verifyDomain } from "../../client/domains";
import {
    createEnvironment,
    deleteEnvironment,
    environmentPath,
    listEnvironments,
    setOriginAddress,
    setStack,
} from "../../client/environments";
import { inviteMember, listMembers, removeMember, setRole } from "../../client/memberships";
import {
    createOrganization,
    createOrganizationWithSite,
    deleteOrganization,
    findDeletion,
    listOrganizations,
    renameOrganization,
} from "../../client/organizations";
import { isHostnameTaken, readCaller, readFeatures, readImages, readStacks } from "../../client/platform";
import { issueChain } from "../support/certificates";
import { openTestSession } from "../support/provider";
import { fresh } from "../support/stores";

describe("the client's collections on a real platform", () => {
    it("say that a hostname is not attached, with extensions and in pure v1, and what else is refused", async () => {
        for (const extensions of [true, false]) {
            const { client } = await openTestSession({ extensions });
            const hostname = `${fresh("gone")}.acme.example`;
            const { id } = await createOrganizationWithSite(client, "Gone", { hostname, origin: "192.0.2.1" });
            const [site] = await listApplications(client, id);
            const place = { organization: id, application: site?.id as number, environment: "Production" };
            await assert.rejects(detachDomain(client, place, `shop.${hostname}`), { code: "not-found" });
            const refusal = await detachDomain(client, place, hostname).catch((error) => error);
            assert.match(refusal.message, /is the hostname of application/);
            assert.notEqual(refusal.code, "not-found");
        }
    });

    it("carry an organization through its life", async () => {
        const { client } = await openTestSession();
        const { id } = await createOrganization(client, "Acme");
        await renameOrganization(client, id, "Acme & Sons");
        assert.equal((await listOrganizations(client)).find((each) => each.id === id)?.name, "Acme & Sons");
        const jane = await inviteMember(client, id, "Jane@Agency.example", "readonly");
        assert.deepEqual([jane?.email, jane?.role, jane?.status], ["jane@agency.example", "readonly", "pending"]);
        await setRole(client, id, jane?.userId as number, "state");
        assert.deepEqual(
            (await listMembers(client, id)).map(({ role }) => role),
            ["admin", "state"],
        );
        await removeMember(client, id, jane?.userId as number);
        assert.equal((await listMembers(client, id)).length, 1);

        const hostname = `${fresh("noun")}.acme.example`;
        assert.equal(await isHostnameTaken(client, hostname), false);
        const { id: application, gitUrl } = await createApplication(client, id, {
            hostname,
            origin: "192.0.2.1",
            stack: "varnish-6.3-basic",
        });
        assert.match(gitUrl, new RegExp(`/account/${id}/application/${application}/${hostname}\\.git$`));
        assert.deepEqual(
            (await listApplications(client, id)).map(({ name }) => name),
            [hostname],
        );
        const place = { organization: id, application, environment: "Staging" };
        const staging = await createEnvironment(client, place, { from: "Production", hostname: `staging.${hostname}` });
        assert.deepEqual(staging.domains, [
            {
                hostname: `staging.${hostname}`,
                zoneName: "acme.example",
                cname: `staging.${hostname}.c.section.io`,
                engaged: false,
            },
        ]);
        assert.equal((await attachDomain(client, place, `shop.${hostname}`)).domains.length, 2);
        await detachDomain(client, place, `shop.${hostname}`);
        await setOriginAddress(client, place, "192.0.2.2");
        await setOriginAddress(client, place, "192.0.2.2");
        await setStack(client, place, "openresty");
        assert.deepEqual(
            (await listEnvironments(client, place)).map(({ name }) => name),
            ["Production", "Staging"],
        );
        assert.equal(environmentPath(place), `/account/${id}/application/${application}/environment/Staging`);
        await deleteEnvironment(client, place);
        await deleteApplication(client, id, application);
        assert.equal(await findDeletion((await openTestSession()).client, id), undefined, "it is there");
        await deleteOrganization(client, id);
        const words = new RegExp(`^organization ${id} \\(Acme & Sons\\) was deleted on .* by olga@agency\\.example$`);
        assert.match((await findDeletion(client, id))?.detail ?? "", words);
        assert.equal(await findDeletion(client, 888_888), undefined);
    });

    it("carry a domain's place, live state and certificate", async () => {
        const { client, platform } = await openTestSession();
        const hostname = `${fresh("noun")}.acme.example`;
        const { account: organization, application } = await platform.api.makeSite("Acme", hostname);
        const production = { organization, application, environment: "Production" };
        await createEnvironment(
            client,
            { ...production, environment: "Staging" },
            { from: "Production", hostname: `staging.${hostname}` },
        );
        const shop = `shop.${hostname}`;
        const { publicCertificates, privateKey } = await issueChain([shop]);
        await attachDomain(client, production, shop, { publicCertificates, privateKey });
        const uploaded = await readCertificate(client, organization, shop);
        assert.deepEqual(
            [uploaded.type, uploaded.configured, uploaded.commonName, uploaded.issuer],
            ["custom", true, shop, "Test CA 1"],
        );
        assert.deepEqual(
            await uploadCertificate(client, organization, shop, { publicCertificates, privateKey }),
            uploaded,
        );
        for (const ask of [returnToIssuing, issueCertificate])
            await assert.rejects(ask(client, organization, shop), { status: 400 });

        assert.deepEqual(
            [...(await listDomainStates(client, organization))].sort(),
            [
                [hostname, false],
                [shop, false],
                [`staging.${hostname}`, false],
            ].sort(),
        );
        assert.ok((await listHostnames(client, organization)).includes(shop));
        const { isEngaged, unanswered } = await verifyDomain(client, production, shop);
        assert.deepEqual([isEngaged, typeof unanswered], [false, "string"], "the DNS of this platform is silent");
    });

    it("take a hostname from where it is, and forget what they knew of both places", async () => {
        const { client, platform } = await openTestSession();
        const hostname = `${fresh("noun")}.acme.example`;
        const { account, application } = await platform.api.makeSite("Acme", hostname);
        const production = { organization: account, application, environment: "Production" };
        const staging = { ...production, environment: "Staging" };
        const shop = `shop.${hostname}`;
        await attachDomain(client, production, shop);
        const origin = "192.0.2.1";
        const hostnamesAt = async ({ environment, ...place }: typeof production) => {
            await listHostnames(client, place.organization); // so that there is something to forget
            const all = await listEnvironments(client, place);
            return all.find(({ name }) => name === environment)?.domains.map((domain) => domain.hostname);
        };
        assert.deepEqual(await hostnamesAt(production), [hostname, shop]);
        await createEnvironment(client, staging, { from: "Production", hostname: shop, takesFrom: production });
        assert.deepEqual(await hostnamesAt(production), [hostname]);
        const { id } = await createOrganizationWithSite(client, "Next", { hostname: shop, origin, takesFrom: staging });
        const [site] = await listApplications(client, id);
        const next = { organization: id, application: site?.id as number, environment: "Production" };
        assert.deepEqual([await hostnamesAt(staging), await hostnamesAt(next)], [[], [shop]]);
        assert.deepEqual(await listHostnames(client, account), [hostname]);
        await attachDomain(client, production, shop, undefined, { takesFrom: next });
        assert.deepEqual([await hostnamesAt(production), await hostnamesAt(next)], [[hostname, shop], []]);
        assert.deepEqual(await listHostnames(client, id), []);
        const renamed = { hostname, origin, stack: "varnish-6.3-basic", takesFrom: production };
        await createApplication(client, id, renamed);
        assert.deepEqual(await hostnamesAt(production), [shop]);
        assert.deepEqual(await listHostnames(client, id), [hostname]);
    });

    it("work with pure v1, where answers say less", async () => {
        const { client, platform } = await openTestSession({ extensions: false });
        assert.deepEqual([...(await readFeatures(client)).extensions], []);
        assert.equal((await readFeatures(client)).platform, undefined);
        const hostname = `${fresh("pure")}.acme.example`;
        const { id } = await createOrganizationWithSite(client, "Pure", { hostname, origin: "192.0.2.1" });
        const [application] = await listApplications(client, id);
        assert.equal(
            application?.gitUrl,
            `${platform.url}/account/${id}/application/${application?.id}/${hostname}.git`,
        );
        const [production] = await listEnvironments(client, {
            organization: id,
            application: application?.id as number,
        });
        assert.deepEqual([production?.head, production?.domains[0]?.engaged], [undefined, undefined]);
        assert.equal(await inviteMember(client, id, "jane@agency.example", "readonly"), undefined);
        assert.equal(await isHostnameTaken(client, hostname), true);
    });

    it("ask facts of the platform once", async () => {
        const { client, platform } = await openTestSession();
        const { platform: identity } = await readFeatures(client);
        assert.match(identity?.id ?? "", /^[A-Za-z0-9_-]{16}$/);
        assert.equal(identity?.name, new URL(platform.url).host);
        assert.deepEqual(await readCaller(client), { name: "Olga Owner", email: "olga@agency.example" });
        assert.equal(readCaller(client), readCaller(client));
        assert.ok(
            (await readStacks(client)).includes("varnish-6.3-basic") &&
                (await readImages(client)).includes("varnish:6.3.1"),
        );
    });
});
