import assert from "node:assert/strict";
import { queueNotice } from "../../../platform/service/notices";
import { drainOutbox } from "../../../platform/service/outbox";
import { mailsTo, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

describe("notices", () => {
    const notice = { kind: "password-set" } as const;

    it("are written with the change that they tell of, or not at all, to the address of that time", async () => {
        const context = await sharedContext();
        const email = `${fresh("noticed")}@agency.example`;
        const failed = context.store.transact(async (transaction) => {
            await queueNotice(context, transaction, email, notice);
            throw new Error("the change failed");
        });
        await assert.rejects(failed, /the change failed/);
        await drainOutbox(context);
        assert.deepEqual(await mailsTo(email), []);
        await context.store.transact((transaction) => queueNotice(context, transaction, email, notice));
        await drainOutbox(context);
        assert.equal((await mailsTo(email)).length, 1);
    });

    it("wait for the mailbox, and the change does not", async () => {
        const context = await sharedContext();
        const email = `${fresh("later")}@agency.example`;
        const full = { ...context, mailbox: { put: () => Promise.reject(new Error("the disk is full")) }, warn() {} };
        await full.store.transact((transaction) => queueNotice(full, transaction, email, notice));
        await drainOutbox(full);
        const later = { ...context, now: () => new Date(Date.now() + 60_000) };
        await drainOutbox(later);
        assert.equal((await mailsTo(email)).length, 1);
    });
});
