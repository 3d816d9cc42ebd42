import assert from "node:assert/strict";
import { Problem } from "section-model";
import { listAccountDomains } from "../../../platform/service/accounts";
import { createApplication } from "../../../platform/service/applications";
import { createEnvironment, listEnvironmentNames } from "../../../platform/service/environments";
import { decideWithEffect, drainOutbox } from "../../../platform/service/outbox";
import { countEffects } from "../../../platform/store/outbox";
import { makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

describe("the outbox", () => {
    it("keeps an effect that fails, warns, and finishes it later", async () => {
        const shared = await sharedContext();
        const { accountId } = await makeMember(shared);
        let isBroken = true;
        const warnings: string[] = [];
        const repositories = Object.assign(Object.create(shared.repositories), {
            remove: async (key: never) => {
                if (isBroken) throw new Error("the disk is on fire");
                await shared.repositories.remove(key);
            },
        });
        const context = { ...shared, repositories, warn: (message: string) => warnings.push(message) };
        const before = await countEffects(shared.store.database);
        await assert.rejects(
            decideWithEffect(context, "delete-application", async () => ({ accountId, applicationId: 700_001 })),
            /the disk is on fire/,
        );
        assert.equal(await countEffects(shared.store.database), before + 1);
        assert.equal(await drainOutbox(context, { all: true }), 0);
        assert.deepEqual(warnings, ["an effect failed"]);
        isBroken = false;
        assert.equal(await drainOutbox(context), 0, "not before its pause is over");
        assert.equal(await drainOutbox(context, { all: true }), 1);
        assert.equal(await countEffects(shared.store.database), before);
    });

    it("takes nothing back that another process has finished meanwhile", async () => {
        const shared = await sharedContext();
        const member = await makeMember(shared);
        const hostname = `${fresh("twice")}.acme.example`;
        const { id } = await createApplication(shared, member, { hostname, origin: "192.0.2.1" });
        const repositories = Object.assign(Object.create(shared.repositories), {
            createBranch: async () => {
                await drainOutbox(shared, { all: true });
                throw new Problem("not-found", "too late");
            },
        });
        const request = { name: "Staging", from: "Production", hostname: `staging.${hostname}` };
        await assert.rejects(createEnvironment({ ...shared, repositories }, member, id, request), /too late/);
        assert.deepEqual(await listEnvironmentNames(shared, member, id), ["Production", "Staging"]);
        assert.equal((await listAccountDomains(shared, member)).length, 2);
    });

    it("does nothing when the decision is no", async () => {
        const context = await sharedContext();
        const before = await countEffects(context.store.database);
        await assert.rejects(
            decideWithEffect(context, "delete-application", () => Promise.reject(new Error("no"))),
            /no/,
        );
        assert.equal(
            await decideWithEffect(context, "send-letter", async () => undefined),
            undefined,
            "or that there is nothing to do",
        );
        assert.equal(await countEffects(context.store.database), before);
    });
});
