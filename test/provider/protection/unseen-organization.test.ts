import assert from "node:assert/strict";
import { refuseLostOrganization, refuseUnseenOrganization } from "../../../provider/protection/unseen-organization";
import { startOperation } from "../../support/operation";
import { openTestSession, providerPlatform } from "../../support/provider";
import { fresh } from "../../support/stores";

describe("an organization that this token does not see", function () {
    this.timeout(60_000);

    /** One of each kind, and what the state has of it. */
    async function makeClient() {
        const up = await startOperation();
        const acme = await up("organization").create({ name: fresh("Client ") });
        const hostname = `${fresh("www")}.acme.example`;
        const www = await up("application").create({ organization: acme.id, hostname, origin: "192.0.2.1" });
        const copy = { application: www.id, name: "Staging", hostname: `staging.${hostname}` };
        const staging = await up("environment").create(copy);
        const shop = await up("domain").create({ environment: staging.id, hostname: `shop.${hostname}` });
        const members = { "olga@agency.example": "admin", "ada@agency.example": "readonly" };
        const team = await up("team").create({ organization: acme.id, members });
        const ada = await up("membership").create({
            organization: acme.id,
            email: "ada@agency.example",
            role: "state",
        });
        return {
            acme,
            all: { organization: acme, application: www, environment: staging, domain: shop, team, membership: ada },
        };
    }

    it("is an error of a refresh, for everything in it; what is gone from one that is seen is gone", async () => {
        const { acme, all } = await makeClient();
        const { api, signUp } = await providerPlatform();
        await signUp("eve@elsewhere.example");
        const refresh = await startOperation("eve@elsewhere.example");
        const name = acme.outs.name as string;
        for (const [kind, { id, outs }] of Object.entries(all)) {
            const subject = kind === "organization" ? `organization ${id} (${name})` : `organization ${acme.id}`;
            await assert.rejects(refresh(kind).read(id, outs), (error: Error) => {
                assert.ok(
                    error.message.includes(
                        `eve@elsewhere.example does not see ${subject}: deleted, or this token's user is no member. ` +
                            "Use a token of one of its members; if it was deleted, remove it from the state with pulumi state delete",
                    ),
                    error.message,
                );
                return true;
            });
        }
        const renamed = { ...all.organization.outs, name: "Renamed" };
        await assert.rejects(
            refresh("organization").update(acme.id, all.organization.outs, renamed),
            /does not see organization/,
            "no second organization is made",
        );
        await api.must("DELETE", `/account/${all.application.id.replace("/", "/application/")}`);
        const later = await startOperation();
        for (const kind of ["application", "environment", "domain"] as const)
            assert.deepEqual(await later(kind).read(all[kind].id, all[kind].outs), {}, kind);
        for (const kind of ["organization", "team", "membership"] as const)
            assert.equal((await later(kind).read(all[kind].id, all[kind].outs)).id, all[kind].id, kind);
        await api.must("DELETE", `/account/${acme.id}`);
        const eve = await startOperation("eve@elsewhere.example");
        await assert.rejects(
            eve("application").read(all.application.id, all.application.outs),
            /does not see organization/,
            "she was never told that it was there",
        );
        const last = await startOperation();
        for (const [kind, { id, outs }] of Object.entries(all))
            assert.deepEqual(await last(kind).read(id, outs), {}, `${kind}: the platform says that it was deleted`);
        await assert.rejects(
            last("organization").update(acme.id, all.organization.outs, renamed),
            new RegExp(`organization ${acme.id} \\(${name}\\) was deleted on .* by olga@agency\\.example\\. Run `),
            "nor is another one made",
        );
        for (const kind of ["team", "membership", "domain", "environment", "application", "organization"] as const)
            await last(kind).delete(all[kind].id, all[kind].outs);
    });

    it("and was deleted, is told once in a run, with author and day", async () => {
        const { acme, all } = await makeClient();
        const name = acme.outs.name as string;
        const { api } = await providerPlatform();
        await api.must("DELETE", `/account/${all.application.id.replace("/", "/application/")}`);
        const session = await openTestSession();
        assert.equal(await refuseUnseenOrganization(session, acme.id, { name }), false);
        await refuseLostOrganization(session, acme.id, { name });
        assert.deepEqual(session.told, []);
        await api.must("DELETE", `/account/${acme.id}`);
        const later = await openTestSession();
        for (const { id, outs } of Object.values(all))
            assert.equal(await refuseUnseenOrganization(later, id, outs), true, id);
        const today = new Date().toISOString().slice(0, 10);
        assert.deepEqual(later.told, [
            `organization ${acme.id} (${name}) was deleted on ${today} by olga@agency.example`,
        ]);
        await assert.rejects(refuseLostOrganization(later, acme.id, { name }), { code: "account-deleted" });
    });

    it("may be one that an endpoint of pure v1 does not tell from a deleted one", async () => {
        const session = await openTestSession({ extensions: false });
        await assert.rejects(refuseUnseenOrganization(session, "888888/7", {}), { code: "organization-unseen" });
        await assert.rejects(
            refuseLostOrganization(session, "888888", { name: "Acme" }),
            /888888 \(Acme\): deleted, or/,
        );
    });
});
