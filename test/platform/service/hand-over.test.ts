import assert from "node:assert/strict";
import { Problem } from "section-model";
import type { Member } from "../../../platform/auth/caller";
import { createAccountWithApplication } from "../../../platform/service/accounts";
import { createApplication } from "../../../platform/service/applications";
import { listChanges } from "../../../platform/service/changes";
import type { Context } from "../../../platform/service/context";
import { addDomain } from "../../../platform/service/domains";
import { createEnvironment, deleteEnvironment } from "../../../platform/service/environments";
import { returnHostname } from "../../../platform/service/hand-over";
import { findDomain, setEngaged } from "../../../platform/store/domains";
import { makeClaim } from "../../support/claims";
import { makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

describe("a hostname that something new took", () => {
    async function makeSite(context: Context, member: Member) {
        const hostname = `${fresh("ret")}.acme.example`;
        const { id } = await createApplication(context, member, { hostname, origin: "192.0.2.1" });
        const place = { accountId: member.accountId, applicationId: id, environment: "Production" };
        const shop = `shop.${hostname}`;
        const claim = makeClaim("shop");
        await addDomain(context, member, place, shop, { claim });
        await setEngaged(context.store.database, member.accountId, shop, true, new Date());
        return { hostname, shop, place, claim };
    }

    /** A context whose git refuses new branches and repositories for good. */
    function refusing(context: Context, before: () => Promise<unknown> = async () => {}): Context {
        const refuse = async () => {
            await before();
            throw new Problem("push-refused", "the branch to copy has an error");
        };
        const repositories = Object.create(context.repositories);
        return { ...context, repositories: Object.assign(repositories, { create: refuse, createBranch: refuse }) };
    }

    it("goes back, as live as it was and with its claim, when git refuses the environment or application", async () => {
        const context = await sharedContext();
        const { database } = context.store;
        const member = await makeMember(context);
        const { place, shop, hostname, claim } = await makeSite(context, member);
        const seen: unknown[] = [];
        const broken = refusing(context, async () => {
            const rows = await database.selectFrom("domains").select("claim").where("hostname", "=", shop).execute();
            seen.push(...rows.map((row) => row.claim));
        });
        const before = await findDomain(database, member.accountId, shop);
        assert.equal(before?.claim?.id, claim.id);
        const held = { hostname: shop, takesFrom: place, claim: makeClaim("new") };
        const staging = { name: "Staging", from: "Production", ...held };
        const site = { origin: "192.0.2.1", ...held };
        const attempts = [
            () => createEnvironment(broken, member, place.applicationId, staging),
            () => createAccountWithApplication(broken, member.caller, "Next", site),
            () => createApplication(broken, member, site),
            () => createApplication(broken, member, { ...site, hostname }),
        ];
        for (const attempt of attempts) await assert.rejects(attempt, { code: "push-refused" });
        assert.deepEqual(
            seen,
            [null, null, null, before.claim],
            "the new claim is not the hostname's; the last is not of it",
        );
        assert.deepEqual(await findDomain(database, member.accountId, shop), before);
        assert.equal((await findDomain(database, member.accountId, hostname))?.application_id, place.applicationId);
        const [, line] = await listChanges(context, member, { limit: 2 });
        assert.deepEqual(
            [line?.kind, line?.value_to, line?.command],
            [
                "domain.move",
                `Production of application ${place.applicationId}`,
                "taken back by the platform: git refused it",
            ],
        );
    });

    it("is free when its former environment is gone meanwhile, and stays if it is elsewhere by now", async () => {
        const context = await sharedContext();
        const { database } = context.store;
        const member = await makeMember(context);
        const { place, shop, hostname } = await makeSite(context, member);
        const former = { ...place, environment: "Former" };
        await createEnvironment(context, member, place.applicationId, {
            name: "Former",
            from: "Production",
            hostname: `former.${hostname}`,
        });
        await addDomain(context, member, former, shop, { takesFrom: place });
        const staging = { name: "Staging", from: "Production", hostname: shop, takesFrom: former };
        const forget = () => deleteEnvironment(context, member, place.applicationId, "Former");
        await assert.rejects(createEnvironment(refusing(context, forget), member, place.applicationId, staging), {
            code: "push-refused",
        });
        assert.equal(await findDomain(database, member.accountId, shop), undefined);

        const taken = { hostname, from: place, claim: null };
        const by = { account_id: member.accountId, environment_id: 0 };
        const own = await findDomain(database, member.accountId, hostname);
        await context.store.transact((transaction) =>
            returnHostname(context, transaction, { command: "test" }, taken, by),
        );
        assert.deepEqual(await findDomain(database, member.accountId, hostname), own);
    });
});
