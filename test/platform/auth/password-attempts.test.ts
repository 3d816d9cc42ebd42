import assert from "node:assert/strict";
import {
    admitAttempt,
    admitCode,
    delayAttempt,
    forgetWrongCodes,
    recordWrongCode,
    settleAttempt,
} from "../../../platform/auth/password-attempts";
import { fresh, onEveryStore } from "../../support/stores";

const start = new Date("2026-01-01T10:00:00Z");
const after = (seconds: number) => new Date(start.getTime() + seconds * 1000);

onEveryStore("wrong passwords", (store) => {
    const from = (network: string, emailKey = `${fresh("who")}@agency.example`) => ({ emailKey, network });
    const fail = async (attempt: { emailKey: string; network: string }, times: number, at = start) => {
        for (let count = 0; count < times; count += 1)
            await settleAttempt(store().database, attempt, { here: 1, together: 1 }, false, at);
    };
    const waitOf = (attempt: { emailKey: string; network: string }, at: Date) =>
        admitAttempt(store().database, attempt, at).then(
            () => 0,
            (problem) => (problem.code === "rate-limited" ? problem.retryAfterSeconds : problem),
        );

    it("make their own network wait, longer each time, and are forgotten after an hour or by a right one", async () => {
        const attempt = from("192.0.2.1");
        await fail(attempt, 4);
        assert.equal(await waitOf(attempt, start), 0);
        await fail(attempt, 1);
        assert.deepEqual(
            [await waitOf(attempt, start), await waitOf(attempt, after(29)), await waitOf(attempt, after(30))],
            [30, 1, 0],
        );
        await fail(attempt, 1, after(30));
        assert.equal(await waitOf(attempt, after(30)), 60);
        await fail(attempt, 20, after(30));
        assert.equal(await waitOf(attempt, after(30)), 900, "never for ever");
        assert.equal(await waitOf(attempt, after(3600)), 0);
        await fail(attempt, 5);
        await settleAttempt(store().database, attempt, { here: 5, together: 5 }, true, after(60));
        assert.deepEqual((await admitAttempt(store().database, attempt, after(60))).here, 0);
    });

    it("from one network close neither another network nor another user", async () => {
        const attempt = from("192.0.2.1");
        await fail(attempt, 100);
        assert.equal(await waitOf(attempt, start), 900);
        assert.equal(await waitOf({ ...attempt, network: "192.0.2.2" }, start), 0);
        assert.equal(await waitOf(from("192.0.2.1"), start), 0);
    });

    it("from everywhere together delay and do not refuse, but for more than can wait", async () => {
        const attempt = from("192.0.2.3");
        const elapsed = async (together: number) => {
            const began = performance.now();
            await delayAttempt(attempt, { here: 0, together });
            return performance.now() - began;
        };
        assert.ok((await elapsed(19)) < 50);
        assert.ok((await elapsed(20)) >= 99);
        const longest = await elapsed(100_000);
        assert.ok(longest >= 2_990 && longest < 10_000, `${longest} ms`);
        const many = await Promise.allSettled(Array.from({ length: 25 }, () => elapsed(20)));
        const refused = many.filter((each) => each.status === "rejected").map(({ reason }) => reason.code);
        assert.deepEqual(refused, Array(5).fill("rate-limited"));
        assert.ok((await elapsed(20)) >= 99, "those who waited have made room");
    });

    it("of a network make it wait whatever the names, except for who has signed in from there", async () => {
        const network = fresh("network");
        const admit = (attempt: { emailKey: string; network: string }, at: Date) =>
            admitAttempt(store().database, attempt, at, 30);
        const known = from(network);
        await settleAttempt(store().database, known, { here: 0, together: 0 }, true, start);
        for (let count = 0; count < 29; count += 1) await fail(from(network), 1);
        assert.equal((await admit(from(network), start)).insteadOfWrong, undefined);
        await fail(from(network), 1);
        await assert.rejects(admit(from(network), start), {
            code: "rate-limited",
            retryAfterSeconds: 30,
            detail: "wrong passwords from this network: more than 30 an hour (the platform's setting addressWrongPasswordsPerHour)",
        });
        const { succeededAt, insteadOfWrong } = await admit(known, start);
        assert.deepEqual([succeededAt, insteadOfWrong?.code], [start, "rate-limited"]);
        await admit({ ...from(network), network: "192.0.2.250" }, start);
        await admit(from(network), after(30));
        await admitAttempt(store().database, from(network), start, 0);
        await assert.rejects(admit({ ...known, emailKey: "somebody@else.example" }, start), { code: "rate-limited" });
        assert.equal((await admit(known, after(91 * 86_400))).succeededAt, undefined, "for three months");
    });

    it("delay nobody who has signed in from the same network", async () => {
        const began = performance.now();
        await delayAttempt(from("192.0.2.4"), { here: 0, together: 100_000, succeededAt: start });
        assert.ok(performance.now() - began < 1_000);
    });

    it("do not stand in the database in clear, nor who they were for", async () => {
        const attempt = from("198.51.100.77", "a password typed as a name");
        await fail(attempt, 1);
        const rows = await store().database.selectFrom("attempts").selectAll().execute();
        assert.ok(rows.length > 0);
        assert.ok(!/typed as a name|198\.51/.test(JSON.stringify(rows)));
    });
});

onEveryStore("wrong one-time codes", (store) => {
    it("are counted for the user wherever they come from, beside tokens apart, and forgotten with a right one", async () => {
        const { database } = store();
        const user = 900_000_000 + Number(fresh("1").slice(1));
        for (let count = 0; count < 5; count += 1) {
            await admitCode(database, user, "token", start);
            await recordWrongCode(database, user, "token", start);
        }
        const refused = { code: "rate-limited", retryAfterSeconds: 30 };
        await assert.rejects(admitCode(database, user, "token", start), refused);
        for (let count = 0; count < 5; count += 1) {
            await admitCode(database, user, "password", start);
            await recordWrongCode(database, user, "password", start);
        }
        await assert.rejects(admitCode(database, user, "password", start), refused);
        await admitCode(database, user + 1_000_000, "password", start);
        await forgetWrongCodes(database, user, "password");
        await admitCode(database, user, "password", start);
        await assert.rejects(admitCode(database, user, "token", start), refused);
    });
});
