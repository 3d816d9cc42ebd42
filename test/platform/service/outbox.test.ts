import assert from "node:assert/strict";
import { decideWithEffect, drainOutbox } from "../../../platform/service/outbox";
import { countEffects } from "../../../platform/store/outbox";
import { makeMember, sharedContext } from "../../support/context";

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

    it("does nothing when the decision is no", async () => {
        const context = await sharedContext();
        const before = await countEffects(context.store.database);
        await assert.rejects(
            decideWithEffect(context, "delete-application", () => Promise.reject(new Error("no"))),
            /no/,
        );
        assert.equal(await decideWithEffect(context, "send-letter", async () => undefined), undefined, "or that there is nothing to do");
        assert.equal(await countEffects(context.store.database), before);
    });
});
