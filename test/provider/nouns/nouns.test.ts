import assert from "node:assert/strict";
import { applicationNoun } from "../../../provider/nouns/application/application";
import { domainNoun } from "../../../provider/nouns/domain/domain";
import { environmentNoun } from "../../../provider/nouns/environment/environment";
import { membershipNoun } from "../../../provider/nouns/membership/membership";
import { organizationNoun } from "../../../provider/nouns/organization/organization";
import { noteDeclared } from "../../../provider/protection/declared-now";
import { openTestSession, type TestSession } from "../../support/provider";
import { fresh } from "../../support/stores";

async function makeOrganization(session: TestSession) {
    return organizationNoun.ensure(session, { name: fresh("Client ") });
}

async function makeApplication(session: TestSession) {
    const organization = await makeOrganization(session);
    const hostname = `${fresh("life")}.acme.example`;
    const application = await applicationNoun.ensure(session, {
        organization: organization.id,
        hostname,
        origin: "192.0.2.1",
    });
    return { organization, hostname, application };
}

describe("the lives of the nouns on a real platform", function () {
    this.timeout(60_000);

    it("organization: adopted by name, told when it cannot be deleted, two of a name are named", async () => {
        const session = await openTestSession();
        const first = await makeOrganization(session);
        assert.deepEqual(await organizationNoun.ensure(session, { name: first.outputs.name }), first);
        await session.platform.api.must("POST", "/account", { name: first.outputs.name });
        const later = await openTestSession();
        await assert.rejects(
            organizationNoun.ensure(later, { name: first.outputs.name }),
            /there are 2 organizations named .*Use Organization\.get/s,
        );
        assert.deepEqual(
            await organizationNoun.ensure(later, { name: first.outputs.name }, first),
            first,
            "a known one is known by its id",
        );
        const pure = await openTestSession({ extensions: false });
        await assert.rejects(organizationNoun.ensure(pure, { name: fresh("Pure ") }), /Declare firstSite/);
        const made = await organizationNoun.ensure(pure, {
            name: fresh("Pure "),
            firstSite: { hostname: `${fresh("first")}.acme.example`, origin: "192.0.2.1" },
        });
        await organizationNoun.remove(pure, made);
        assert.match(pure.told.join(), /is kept: .* cannot delete organizations/);
        await assert.rejects(organizationNoun.ensure(pure, { name: "Other" }, made), /cannot rename an organization/);
    });

    it("membership: a member already gets the role; pure v1 gives it in a second step", async () => {
        for (const extensions of [true, false]) {
            const session = await openTestSession({ extensions });
            const organization = extensions
                ? (await makeOrganization(session)).id
                : String(
                      (
                          await session.platform.api.must("POST", "/account/create", {
                              name: "Pure",
                              hostname: `${fresh("mem")}.acme.example`,
                              origin: "192.0.2.1",
                          })
                      ).id,
                  );
            const inputs = { organization, email: "jane@agency.example", role: "readonly" as const };
            const made = await membershipNoun.ensure(session, inputs);
            assert.deepEqual([made.id, made.outputs.role], [`${organization}/jane@agency.example`, "readonly"]);
            const changed = await membershipNoun.ensure(session, { ...inputs, role: "state" }, made);
            assert.deepEqual(
                (await membershipNoun.observe(session, made.id, changed.outputs))?.outputs,
                changed.outputs,
            );
            const later = await openTestSession({ extensions });
            await membershipNoun.remove(later, changed);
            await membershipNoun.remove(later, changed);
            assert.equal(await membershipNoun.observe(later, made.id, changed.outputs), undefined);
        }
    });

    it("membership: the owner stays, and the caller does where nothing declares the organization", async () => {
        const session = await openTestSession();
        const { id: organization } = await makeOrganization(session);
        const email = `${fresh("ada")}@agency.example`;
        const { token } = await session.platform.signUp(email);
        const made = await membershipNoun.ensure(session, { organization, email, role: "admin" });
        const olga = await membershipNoun.ensure(session, {
            organization,
            email: "olga@agency.example",
            role: "admin",
        });
        await membershipNoun.remove(session, olga);
        assert.deepEqual(session.told, [
            `membership ${olga.id} is kept: olga@agency.example owns organization ${organization}`,
        ]);

        const declaring = await openTestSession({ token });
        noteDeclared(declaring.memory, [`organization ${organization}`], "acme");
        await assert.rejects(membershipNoun.remove(declaring, made), { code: "self-lockout" });
        const leaving = await openTestSession({ token });
        await membershipNoun.remove(leaving, made);
        assert.match(leaving.told.join(), /^membership \d+\/ada\S+ is kept: .*ada/);

        const change = { wanted: {}, keys: ["email"], replaces: ["email"], memory: session.memory };
        await membershipNoun.judgeChange?.(() => session, olga, change);
        assert.equal(session.told[1], session.told[0]);
        await assert.rejects(Promise.resolve(membershipNoun.judgeChange?.(() => declaring, made, change)), {
            code: "self-lockout",
        });
    });

    it("application: origin and stack change on Production; a live one is not deleted", async () => {
        const session = await openTestSession();
        const { application, organization, hostname } = await makeApplication(session);
        const inputs = { organization: organization.id, hostname, origin: "192.0.2.2", stack: "openresty" };
        const updated = await applicationNoun.ensure(session, inputs, application);
        assert.deepEqual(
            [updated.id, updated.outputs.origin, updated.outputs.stack],
            [application.id, "192.0.2.2", "openresty"],
        );
        const [account, id] = application.id.split("/");
        const at = `/account/${account}/application/${id}/environment/Production`;
        assert.equal((await session.platform.api.get(`${at}/egress`)).origins.default.address, "192.0.2.2");
        assert.equal((await session.platform.api.get(`${at}/stack`))[0].name, "openresty");
        assert.deepEqual(await applicationNoun.observe(session, application.id, updated.outputs), updated);
        await applicationNoun.remove(session, updated);
        await applicationNoun.remove(session, updated);
        assert.equal(await applicationNoun.observe(session, application.id, updated.outputs), undefined);
    });

    it("environment: Production is adopted and stays; a hostname is exchanged; unmanaged again removes nothing of others", async () => {
        const session = await openTestSession();
        const { application, hostname } = await makeApplication(session);
        const production = { application: application.id, name: "Production", config: { "varnish/note.txt": "one\n" } };
        const made = await environmentNoun.ensure(session, production);
        assert.equal(made.id, `${application.id}/Production`);
        const again = await environmentNoun.ensure(session, production, made);
        assert.equal(again.outputs.head, made.outputs.head, "the same again is no commit");
        const bare = await environmentNoun.ensure(session, { application: application.id, name: "Production" }, made);
        assert.equal(bare.outputs.files, undefined);
        await environmentNoun.remove(session, bare);
        assert.ok(await environmentNoun.observe(session, made.id, bare.outputs), "it is still there");

        const staging = {
            application: application.id,
            name: "Staging",
            hostname: `s1.${hostname}`,
            origin: { address: "192.0.2.3" },
            origins: { cdn: { address: "192.0.2.4" } },
            ipBlacklist: ["192.0.2.5"],
            proxyChain: [{ name: "varnish", image: "varnish:6.3.1" }],
        };
        const first = await environmentNoun.ensure(session, staging);
        const moved = await environmentNoun.ensure(session, { ...staging, hostname: `s2.${hostname}` }, first);
        assert.deepEqual(
            moved.outputs.hostnames.map((each) => each.hostname),
            [`s2.${hostname}`],
        );
        assert.equal((await environmentNoun.observe(session, moved.id, moved.outputs))?.inputs, undefined, "no drift");
        await environmentNoun.remove(session, moved);
        await environmentNoun.remove(session, moved);
        assert.equal(await environmentNoun.observe(session, moved.id, moved.outputs), undefined);
    });

    it("domain: attached twice is attached, elsewhere is refused, the application's own stays", async () => {
        const session = await openTestSession();
        const { application, hostname } = await makeApplication(session);
        const environment = `${application.id}/Production`;
        const shop = await domainNoun.ensure(session, { environment, hostname: `shop.${hostname}` });
        assert.deepEqual(await domainNoun.ensure(session, { environment, hostname: `shop.${hostname}` }), shop);
        assert.equal(shop.outputs.dns.value, `shop.${hostname}.c.section.io`);
        const other = await makeApplication(session);
        await assert.rejects(
            domainNoun.ensure(session, {
                environment: `${other.application.id}/Production`,
                hostname: `shop.${hostname}`,
            }),
            {
                code: "domain-elsewhere",
            },
        );
        const own = await domainNoun.ensure(session, { environment, hostname });
        await domainNoun.remove(session, own);
        assert.ok(await domainNoun.observe(session, own.id, own.outputs), "it is still there");
        await domainNoun.remove(session, shop);
        await domainNoun.remove(session, shop);
        assert.equal(await domainNoun.observe(session, shop.id, shop.outputs), undefined);
    });
});
