import assert from "node:assert/strict";
import { createApplication } from "../../../platform/service/applications";
import { foreignDomainAsProblem, refuseAttached } from "../../../platform/service/attachments";
import { addDomain, moveDomain, removeDomain } from "../../../platform/service/domains";
import { createEnvironment } from "../../../platform/service/environments";
import { findDomain, setEngaged } from "../../../platform/store/domains";
import { makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

describe("domain use cases", () => {
    it("refuse what is attached elsewhere and what names the application", async () => {
        const context = await sharedContext();
        const member = await makeMember(context);
        const hostname = `${fresh("att")}.acme.example`;
        const { id } = await createApplication(context, member, { hostname, origin: "192.0.2.1" });
        const place = { applicationId: id, environment: "Production" };
        await assert.rejects(
            refuseAttached(context.store.database, member.accountId, hostname),
            new RegExp(`attached to environment Production of application ${id}`),
        );
        await refuseAttached(context.store.database, member.accountId + 1, hostname);
        await assert.rejects(removeDomain(context, member, place, hostname), { code: "domain-names-application" });
        await assert.rejects(addDomain(context, member, place, `${hostname}.c.section.io`), { code: "invalid-input" });
        const other = new Error("x");
        assert.equal(foreignDomainAsProblem(other, hostname), other);
    });

    it("move one between environments of its application, as live as it is", async () => {
        const context = await sharedContext();
        const member = await makeMember(context);
        const hostname = `${fresh("mov")}.acme.example`;
        const { id } = await createApplication(context, member, { hostname, origin: "192.0.2.1" });
        await createEnvironment(context, member, id, {
            name: "Staging",
            from: "Production",
            hostname: `staging.${hostname}`,
        });
        const place = { applicationId: id, environment: "Production" };
        const shop = `shop.${hostname}`;
        await addDomain(context, member, place, shop);
        await setEngaged(context.store.database, member.accountId, shop, true, new Date());
        const { domains } = await moveDomain(context, member, place, shop, "Staging");
        assert.deepEqual(
            domains.map((domain) => [domain.hostname, domain.engaged]),
            [
                [`staging.${hostname}`, false],
                [shop, true],
            ],
        );
        await assert.rejects(
            moveDomain(context, member, place, shop, "Staging"),
            { code: "not-found" },
            "it is not there any more",
        );
        await assert.rejects(moveDomain(context, member, place, hostname, "Staging"), {
            code: "domain-names-application",
        });
        await assert.rejects(moveDomain(context, member, { ...place, environment: "Staging" }, shop, "Nowhere"), {
            code: "not-found",
        });
        assert.equal((await findDomain(context.store.database, member.accountId, shop))?.environment_name, "Staging");
    });
});
