import assert from "node:assert/strict";
import { Secret, TOTP } from "otpauth";
import type { Caller } from "../../../platform/auth/caller";
import { provesPerson, refuseTokenAlone } from "../../../platform/service/prove-person";
import { confirmTotp, startTotp } from "../../../platform/service/two-factor";
import { updateUser } from "../../../platform/service/users";
import { makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

describe("a user in person", () => {
    /** A user with an app, and whoever has a token of theirs. */
    async function makePerson() {
        const context = await sharedContext();
        const { caller } = await makeMember(context);
        const thief: Caller = { ...caller, via: "token", token: { id: "0".repeat(16), expiresAt: null } };
        const { base32 } = await startTotp(context, caller);
        const codeOf = (steps: number) =>
            new TOTP({ secret: Secret.fromBase32(base32) }).generate({
                timestamp: context.now().getTime() + steps * 30_000,
            });
        await confirmTotp(context, caller, codeOf(-1));
        return { context, caller, thief, codeOf };
    }

    it("is whoever has the password, or a code of the app, once", async () => {
        const { context, caller, thief, codeOf } = await makePerson();
        assert.equal(await provesPerson(context, caller), true);
        assert.equal(await provesPerson(context, thief), false);
        const code = codeOf(0);
        assert.equal(await provesPerson(context, { ...thief, code }), true);
        await assert.rejects(provesPerson(context, { ...thief, code }), { code: "unauthenticated" });
        const { caller: other } = await makeMember(context);
        await assert.rejects(provesPerson(context, { ...thief, userId: other.userId, code }), /no authenticator app/);
    });

    it("is not guessed at with a token for long, and such guesses do not keep the user out", async () => {
        const { context, caller, thief, codeOf } = await makePerson();
        const wrong = { ...thief, code: codeOf(100) };
        for (let count = 0; count < 5; count += 1)
            await assert.rejects(provesPerson(context, wrong), { code: "unauthenticated" });
        await assert.rejects(provesPerson(context, { ...thief, code: codeOf(0) }), { code: "rate-limited" });
        assert.equal(await provesPerson(context, caller), true);
    });

    it("alone puts into use or replaces an app, ends two-factor authentication and changes the address", async () => {
        const { context, caller, thief, codeOf } = await makePerson();
        await updateUser(context, caller, { requires2fa: true });
        const email = `${fresh("taken")}@lovelace.example`;
        await startTotp(context, thief); // v1 lets a token do this; it has no effect before it is confirmed
        const acts = [
            confirmTotp(context, thief, "000000"),
            updateUser(context, thief, { requires2fa: false }),
            updateUser(context, thief, { email }),
            updateUser(context, thief, { email, requires2fa: false }),
        ];
        for (const act of acts) await assert.rejects(act, { code: "password-needed" });
        assert.equal((await updateUser(context, thief, { email: caller.email, requires2fa: true })).requires_2fa, true);
        const both = { email, requires2fa: false };
        const after = await updateUser(context, { ...thief, code: codeOf(0) }, both);
        assert.equal(after.requires_2fa, false, "one code is enough for one request");
    });

    it("is asked for in words that say what to do", async () => {
        const { context, thief } = await makePerson();
        await assert.rejects(refuseTokenAlone(context, thief, "end two-factor authentication"), {
            message:
                "an API token alone cannot end two-factor authentication. Send the e-mail address and password instead, " +
                "or a code of the authenticator app beside the token in the header section-otp.",
        });
    });
});
