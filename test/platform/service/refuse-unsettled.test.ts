import assert from "node:assert/strict";
import { deleteAccount, getAccount } from "../../../platform/service/accounts";
import { createApplication, deleteApplication, getApplication } from "../../../platform/service/applications";
import { createEnvironment, listEnvironmentNames } from "../../../platform/service/environments";
import { refuseUnsettled, whenSettled } from "../../../platform/service/refuse-unsettled";
import { splitApplication } from "../../../platform/service/splits";
import { claimUntil, type OutboxRow } from "../../../platform/store/outbox";
import { makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

/**
 * A context in which a change stops after its decision, as in a process that was killed; and what its claim is set to
 * then.
 */
async function dyingContext() {
    const shared = await sharedContext();
    const fail = () => Promise.reject(new Error("killed"));
    const repositories = Object.assign(Object.create(shared.repositories), {
        create: fail,
        createBranch: fail,
        remove: fail,
    });
    return { shared, dying: { ...shared, repositories } };
}

async function lastEffect(): Promise<OutboxRow> {
    const { store } = await sharedContext();
    return (await store.database
        .selectFrom("outbox")
        .selectAll()
        .orderBy("id", "desc")
        .executeTakeFirstOrThrow()) as OutboxRow;
}

describe("what is half made", () => {
    it("is finished for who asks again: a site is there already, whoever began it", async () => {
        const { shared, dying } = await dyingContext();
        const member = await makeMember(shared);
        const request = { hostname: `${fresh("half")}.acme.example`, origin: "192.0.2.1" };
        await assert.rejects(createApplication(dying, member, request), /killed/);
        const { id, payload } = await lastEffect();
        await claimUntil(shared.store.database, id, new Date(Date.now() + 700));
        const begun = Date.now();
        await assert.rejects(createApplication(shared, member, request), { code: "hostname-taken" });
        assert.ok(Date.now() - begun >= 500, "it waited for the claim of the other one to run out");
        const { applicationId } = payload as { applicationId: number };
        assert.equal((await getApplication(shared, member, applicationId)).name, request.hostname);
    });

    it("is finished for who asks again: so is an environment", async () => {
        const { shared, dying } = await dyingContext();
        const member = await makeMember(shared);
        const hostname = `${fresh("half")}.acme.example`;
        const { id } = await createApplication(shared, member, { hostname, origin: "192.0.2.1" });
        const request = { name: "Staging", from: "Production", hostname: `staging.${hostname}` };
        await assert.rejects(createEnvironment(dying, member, id, request), /killed/);
        await claimUntil(shared.store.database, (await lastEffect()).id, new Date());
        await assert.rejects(createEnvironment(shared, member, id, request), { code: "environment-exists" });
        assert.deepEqual(await listEnvironmentNames(shared, member, id), ["Production", "Staging"]);
    });

    it("is finished for who asks for what follows: an organization goes whose last site another process was deleting", async () => {
        const { shared, dying } = await dyingContext();
        const member = await makeMember(shared);
        const { id } = await createApplication(shared, member, {
            hostname: `${fresh("half")}.acme.example`,
            origin: "192.0.2.1",
        });
        await assert.rejects(deleteAccount(shared, member), {
            code: "account-not-empty",
            message: /still has applications: half/,
        });
        await assert.rejects(deleteApplication(dying, member, id), /killed/);
        await claimUntil(shared.store.database, (await lastEffect()).id, new Date(Date.now() + 700));
        await deleteAccount(shared, member);
        await assert.rejects(getAccount(shared, member), { code: "not-found" });
    });

    it("is finished for who asks for what follows: so does a site whose split another process was deleting", async () => {
        const { shared, dying } = await dyingContext();
        const member = await makeMember(shared);
        const { id } = await createApplication(shared, member, {
            hostname: `${fresh("half")}.acme.example`,
            origin: "192.0.2.1",
        });
        const shop = await splitApplication(shared, member, id, "/shop/");
        await assert.rejects(deleteApplication(shared, member, id), { code: "application-has-children" });
        await assert.rejects(deleteApplication(dying, member, shop.id), /killed/);
        await claimUntil(shared.store.database, (await lastEffect()).id, new Date(Date.now() + 700));
        await deleteApplication(shared, member, id);
        await assert.rejects(getApplication(shared, member, id), { code: "not-found" });
    });

    it("makes others wait, and say what they waited for when it takes too long", async () => {
        let asked = 0;
        await whenSettled(await sharedContext(), "x", async () => {
            asked += 1;
            return asked < 4;
        });
        assert.equal(asked, 4);
        assert.throws(() => refuseUnsettled("www.acme.example"), {
            code: "overloaded",
            retryAfterSeconds: 1,
            message: /www\.acme\.example is being made or deleted/,
        });
    });
});
