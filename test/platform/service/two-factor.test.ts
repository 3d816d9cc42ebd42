import assert from "node:assert/strict";
import { Secret, TOTP } from "otpauth";
import { setTwoFactorRule } from "../../../platform/service/account-administration";
import { drainOutbox } from "../../../platform/service/outbox";
import { confirmTotp, requireSecondFactor, startTotp } from "../../../platform/service/two-factor";
import { resetTwoFactor } from "../../../platform/service/user-administration";
import { getUser, updateUser } from "../../../platform/service/users";
import { mailsTo, makeMember, sharedContext } from "../../support/context";

const codeOf = (base32: string, now: Date) =>
    new TOTP({ secret: Secret.fromBase32(base32) }).generate({ timestamp: now.getTime() });

describe("two-factor authentication", () => {
    it("is asked of passwords, by the user everywhere, by an account in itself and outside accounts", async () => {
        const context = await sharedContext();
        const strict = await makeMember(context);
        const lax = { ...(await makeMember(context)), caller: strict.caller };
        await setTwoFactorRule(context, strict.accountId, true);
        const passes = (
            lacksSecondFactor: "everywhere" | "in-some-accounts" | undefined,
            member: typeof strict | undefined,
        ) =>
            requireSecondFactor(context, { ...strict.caller, lacksSecondFactor }, member).then(
                () => true,
                (problem) => {
                    assert.equal(problem.code, "second-factor");
                    assert.match(
                        problem.message,
                        /Use an API token, or send a one-time code in the header section-otp\.$/,
                    );
                    return false;
                },
            );
        assert.deepEqual(
            [await passes(undefined, strict), await passes(undefined, lax), await passes(undefined, undefined)],
            [true, true, true],
        );
        assert.deepEqual(
            [
                await passes("in-some-accounts", strict),
                await passes("in-some-accounts", lax),
                await passes("in-some-accounts", undefined),
            ],
            [false, true, false],
        );
        assert.deepEqual(
            [
                await passes("everywhere", strict),
                await passes("everywhere", lax),
                await passes("everywhere", undefined),
            ],
            [false, false, false],
        );
    });

    it("begins with a secret that is kept sealed and counts once an app has proved to have it", async () => {
        const context = await sharedContext();
        const { caller } = await makeMember(context);
        await assert.rejects(
            updateUser(context, caller, { requires2fa: true }),
            /needs an authenticator app.*POST \/user\/totp/,
        );
        await assert.rejects(confirmTotp(context, caller, "123456"), /POST \/user\/totp first/);
        await startTotp(context, caller);
        const { base32, url } = await startTotp(context, caller);
        assert.ok(url.includes(base32));
        const { totp_pending } = await getUser(context, caller);
        assert.ok(totp_pending !== null && !totp_pending.includes(base32));
        await assert.rejects(confirmTotp(context, caller, "000000"), { code: "invalid-input", property: "code" });
        await assert.rejects(updateUser(context, caller, { requires2fa: true }), { code: "invalid-input" });
        const confirmed = await confirmTotp(context, caller, codeOf(base32, context.now()));
        assert.deepEqual([confirmed.totp_pending, confirmed.totp_secret], [null, totp_pending]);
        assert.equal((await updateUser(context, caller, { requires2fa: true })).requires_2fa, true);
        const again = await startTotp(context, caller);
        await confirmTotp(context, caller, codeOf(again.base32, context.now()));
        await updateUser(context, caller, { requires2fa: false });
        await updateUser(context, caller, { requires2fa: false });
        await drainOutbox(context);
        assert.deepEqual(
            (await mailsTo(caller.email)).map(({ subject }) => subject).sort(),
            [
                "Two-factor authentication is off",
                "Two-factor authentication is on",
                "Your authenticator app was replaced",
                "Your user has an authenticator app",
            ],
            "each is told",
        );
        await resetTwoFactor(context, caller.email);
        const { requires_2fa, totp_secret } = await getUser(context, caller);
        assert.deepEqual([requires_2fa, totp_secret], [false, null]);
        await drainOutbox(context);
        assert.ok((await mailsTo(caller.email)).some(({ subject }) => /is not used any more/.test(subject)));
    });

    it("cannot be taken over with a password alone once there is an app", async () => {
        const context = await sharedContext();
        const { caller } = await makeMember(context);
        const thief = { ...caller, via: "password" as const, lacksSecondFactor: "in-some-accounts" as const };
        const { base32 } = await startTotp(context, thief);
        await confirmTotp(context, thief, codeOf(base32, context.now()));
        await assert.rejects(startTotp(context, thief), { code: "second-factor" });
        await startTotp(context, caller);
        await assert.rejects(confirmTotp(context, thief, "000000"), { code: "second-factor" });
    });
});
