import assert from "node:assert/strict";
import { Secret, TOTP } from "otpauth";
import type { Context } from "../../../platform/service/context";
import { closeSession, findSessionCaller, openSession } from "../../../platform/service/sessions";
import { addToken, revokeToken } from "../../../platform/service/tokens";
import { confirmTotp, startTotp } from "../../../platform/service/two-factor";
import { addUser, updateUser } from "../../../platform/service/users";
import { makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

const password = "correct horse battery staple";
const network = "192.0.2.1";
const hours = (context: Context, number: number): Context => ({
    ...context,
    now: () => new Date(Date.now() + number * 3_600_000),
});

async function makePerson(context: Context) {
    return addUser(context, { email: `${fresh("person")}@agency.example`, firstName: "Petra", password });
}

describe("session use cases", () => {
    it("open with e-mail and password, and end when they are closed", async () => {
        const context = await sharedContext();
        const { id, email } = await makePerson(context);
        const secret = await openSession(context, { email: email.toUpperCase(), password, network });
        assert.deepEqual(await findSessionCaller(context, secret), {
            userId: id,
            email,
            name: "Petra",
            verified: true,
            scope: "write",
            via: "password",
        });
        await closeSession(context, secret);
        assert.equal(await findSessionCaller(context, secret), undefined);
        await closeSession(context, secret);
    });

    it("open for nobody else", async () => {
        const context = await sharedContext();
        const { email } = await makePerson(context);
        for (const credentials of [
            { email, password: "wrong", network },
            { email: "nobody@agency.example", password, network },
            { email, password: "", network },
            { token: "section_x" },
            { token: "" },
        ])
            await assert.rejects(openSession(context, credentials), { code: "unauthenticated" });
        for (const secret of ["", "x", "0".repeat(43)])
            assert.equal(await findSessionCaller(context, secret), undefined);
    });

    it("end when nobody uses them for half a day, and after a week however much they are used", async () => {
        const context = await sharedContext();
        const { email } = await makePerson(context);
        const idle = await openSession(context, { email, password, network });
        assert.ok(await findSessionCaller(hours(context, 11), idle), "still there, and used");
        assert.ok(await findSessionCaller(hours(context, 22), idle), "so it goes on");
        assert.equal(await findSessionCaller(hours(context, 35), idle), undefined);
        const used = await openSession(context, { email, password, network });
        for (let hour = 8; hour < 168; hour += 8)
            assert.ok(await findSessionCaller(hours(context, hour), used), `after ${hour} hours`);
        assert.equal(await findSessionCaller(hours(context, 168), used), undefined);
    });

    it("end with the password they began with", async () => {
        const context = await sharedContext();
        const { email } = await makePerson(context);
        const secret = await openSession(context, { email, password, network });
        await addUser(context, { email, password: "another password" });
        assert.equal(await findSessionCaller(context, secret), undefined);
    });

    it("of a token have its scope and end with it", async () => {
        const context = await sharedContext();
        const { caller } = await makeMember(context);
        const expiresAt = new Date(Date.now() + 3_600_000);
        const { token, row } = await addToken(context, {
            userId: caller.userId,
            description: "x",
            scope: "read",
            expiresAt,
        });
        const secret = await openSession(context, { token: ` ${token}\n` });
        const found = await findSessionCaller(context, secret);
        assert.deepEqual([found?.userId, found?.scope, found?.via], [caller.userId, "read", "token"]);
        assert.equal(await findSessionCaller(hours(context, 2), secret), undefined, "it ran out");
        assert.ok(await findSessionCaller(context, secret));
        await revokeToken(context, caller.userId, row.id);
        assert.equal(await findSessionCaller(context, secret), undefined);
    });

    it("need a one-time code where it is asked for, and end when it begins to be", async () => {
        const context = await sharedContext();
        const { id, email } = await makePerson(context);
        const caller = {
            userId: id,
            email,
            name: "Petra",
            verified: true,
            scope: "write" as const,
            via: "password" as const,
        };
        const { base32 } = await startTotp(context, caller);
        const codeAt = (steps: number) =>
            new TOTP({ secret: Secret.fromBase32(base32) }).generate({ timestamp: Date.now() + steps * 30_000 });
        await confirmTotp(context, caller, codeAt(-1));
        const without = await openSession(context, { email, password, network });
        assert.ok(await findSessionCaller(context, without));
        await updateUser(context, caller, { requires2fa: true });
        assert.equal(await findSessionCaller(context, without), undefined);
        await assert.rejects(openSession(context, { email, password, network }), { code: "second-factor" });
        await assert.rejects(openSession(context, { email, password, network, code: "000000" }), {
            code: "unauthenticated",
        });
        const secret = await openSession(context, { email, password, network, code: codeAt(1) });
        const found = await findSessionCaller(context, secret);
        assert.deepEqual([found?.userId, found?.lacksSecondFactor], [id, undefined]);
        await addUser(context, { email, password: "another password" });
        assert.equal(await findSessionCaller(context, secret), undefined);
    });
});
