import assert from "node:assert/strict";
import { addAttempt, deleteExpiredAttempts, findAttempts, forgetAttempts } from "../../../platform/store/attempts";
import { fresh, onEveryStore } from "../../support/stores";

const start = new Date("2026-01-01T10:00:00Z");
const after = (seconds: number) => new Date(start.getTime() + seconds * 1000);
const windowMs = 60_000;

onEveryStore("attempts", (store) => {
    it("are counted in a window that begins with the first, also at the same time", async () => {
        const { database } = store();
        const what = ["test", fresh("what")];
        const counts = await Promise.all(Array.from({ length: 20 }, () => addAttempt(database, what, start, windowMs)));
        assert.deepEqual(
            counts.map(({ count }) => count).sort((one, other) => one - other),
            Array.from({ length: 20 }, (_, index) => index + 1),
        );
        const late = await addAttempt(database, what, after(59), windowMs);
        assert.deepEqual([late.count, late.last_at, late.expires_at], [21, after(59), after(60)]);
        const next = await addAttempt(database, what, after(60), windowMs);
        assert.deepEqual([next.count, next.expires_at], [1, after(120)]);
    });

    it("are found in the order asked for while their window lasts, forgotten, and swept up", async () => {
        const { database } = store();
        const [one, two, none] = [
            ["test", fresh("one")],
            ["test", fresh("two")],
            ["test", fresh("none")],
        ];
        await addAttempt(database, one, start, windowMs);
        await addAttempt(database, two, start, windowMs);
        await addAttempt(database, two, start, windowMs);
        const counts = async (now: Date) =>
            (await findAttempts(database, [two, none, one], now)).map((row) => row?.count);
        assert.deepEqual(await counts(after(59)), [2, undefined, 1]);
        assert.deepEqual(await counts(after(60)), [undefined, undefined, undefined]);
        await forgetAttempts(database, one);
        assert.deepEqual(await counts(start), [2, undefined, undefined]);
        await deleteExpiredAttempts(database, after(60));
        assert.deepEqual(await counts(start), [undefined, undefined, undefined]);
    });

    it("that a clock counted which was ahead lock nobody out once it is right again", async () => {
        const { database } = store();
        const what = ["test", fresh("ahead")];
        const later = after(365 * 86_400);
        for (let count = 0; count < 3; count += 1) await addAttempt(database, what, later, windowMs);
        assert.deepEqual(await findAttempts(database, [what], start), [undefined]);
        const next = await addAttempt(database, what, start, windowMs);
        assert.deepEqual([next.count, next.expires_at], [1, after(60)]);
    });
});
