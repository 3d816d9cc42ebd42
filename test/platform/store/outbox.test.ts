import assert from "node:assert/strict";
import { claimEffects, claimUntil, countEffects, finishEffect, queueEffect } from "../../../platform/store/outbox";
import { onEveryStore } from "../../support/stores";

onEveryStore("outbox", (store) => {
    it("hands each effect to one taker, in order, and again when its claim has run out", async () => {
        const { database } = store();
        const before = await countEffects(database);
        const past = new Date("2001-01-01T00:00:00Z");
        const now = new Date("2001-01-02T00:00:00Z");
        const later = new Date("2001-01-03T00:00:00Z");
        const one = await queueEffect(database, "delete-application", { n: 1 }, past);
        const two = await queueEffect(database, "delete-application", { n: 2 }, past);
        const taken = await Promise.all([claimEffects(database, now, later), claimEffects(database, now, later)]);
        assert.deepEqual(
            taken
                .flat()
                .map(({ id, payload }) => [id, payload])
                .sort(),
            [
                [one.id, { n: 1 }],
                [two.id, { n: 2 }],
            ],
        );
        assert.deepEqual(await claimEffects(database, now, later), [], "claimed until later");
        await claimUntil(database, two.id, past);
        assert.deepEqual(
            (await claimEffects(database, now, later)).map(({ id }) => id),
            [two.id],
        );
        assert.deepEqual(
            [await finishEffect(database, one.id), await finishEffect(database, one.id)],
            [true, false],
            "one finishes it",
        );
        await finishEffect(database, two.id);
        assert.equal(await countEffects(database), before);
    });

    it("waits for no claim of a clock that was ahead", async () => {
        const { database } = store();
        const yearMs = 365 * 86_400_000;
        const now = new Date("2001-02-01T00:00:00Z");
        const soon = new Date(now.getTime() + 10_000);
        const { id } = await queueEffect(database, "delete-application", { n: 3 }, new Date(now.getTime() + yearMs));
        assert.deepEqual(
            (await claimEffects(database, now, soon)).map((each) => each.id),
            [id],
        );
        assert.deepEqual(await claimEffects(database, now, soon), [], "it is claimed now");
        await finishEffect(database, id);
    });
});
