import assert from "node:assert/strict";
import { startOperation } from "../../support/operation";
import { providerPlatform } from "../../support/provider";
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
                            "Use a token of one of its members; if it was deleted, take what the state has of it out with pulumi state delete",
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
        const last = await startOperation();
        for (const [kind, { id, outs }] of Object.entries(all))
            await assert.rejects(last(kind).read(id, outs), /olga@agency\.example does not see organization/, kind);
    });
});
