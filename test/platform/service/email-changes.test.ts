import assert from "node:assert/strict";
import {
    confirmEmailChange,
    letterToNewEmail,
    limitEmailChanges,
    parseNewEmail,
} from "../../../platform/service/email-changes";
import { drainOutbox } from "../../../platform/service/outbox";
import { addUser, getUser, requireUser, updateUser } from "../../../platform/service/users";
import { mailsTo, makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

const newAddress = () => `${fresh("Change")}@lovelace.example`;
const tokenFor = async (email: string) => (await mailsTo(email)).at(-1)?.token ?? "";

describe("another e-mail address", () => {
    it("counts once its owner, signed in, has followed the link; the old one is told", async () => {
        const context = await sharedContext();
        const { caller } = await makeMember(context);
        const stranger = await makeMember(context);
        const email = newAddress();
        assert.equal((await updateUser(context, caller, { email })).email, caller.email);
        const token = await tokenFor(email);
        await assert.rejects(
            confirmEmailChange(context, stranger.caller, token),
            { code: "not-found" },
            "whoever reads the mail is not enough",
        );
        assert.equal((await confirmEmailChange(context, caller, token)).email, email);
        assert.equal((await requireUser(context, email.toLowerCase())).id, caller.userId);
        await drainOutbox(context);
        const told = await mailsTo(caller.email);
        assert.deepEqual(told.map(({ subject }) => subject).sort(), [
            "Your e-mail address has changed",
            "Your e-mail address is to be changed",
        ]);
        assert.ok(told.every(({ text, link }) => text.includes(email) && link === undefined));
        await assert.rejects(confirmEmailChange(context, caller, token), { code: "not-found" }, "once");
    });

    it("that somebody has is not told from one that nobody has", async () => {
        const context = await sharedContext();
        const [one, other] = [await makeMember(context), await makeMember(context)];
        assert.deepEqual(
            await updateUser(context, one.caller, { email: other.caller.email }),
            await getUser(context, one.caller),
        );
        const [mail] = await mailsTo(other.caller.email);
        assert.deepEqual([mail?.subject, mail?.link], ["You are registered already", undefined]);
    });

    it("that somebody got meanwhile is refused, and the link is left", async () => {
        const context = await sharedContext();
        const { caller } = await makeMember(context);
        const email = newAddress();
        await updateUser(context, caller, { email });
        await addUser(context, { email });
        for (let times = 0; times < 2; times += 1) {
            await assert.rejects(
                confirmEmailChange(context, caller, await tokenFor(email)),
                /belongs to another user by now\. Choose another one\./,
            );
        }
    });

    it("is asked for by the verified, in words that are an address, and not without end", async () => {
        const context = await sharedContext();
        const { caller } = await makeMember(context);
        assert.equal(parseNewEmail(caller, undefined), undefined);
        assert.equal(parseNewEmail(caller, caller.email.toUpperCase()), undefined, "the same one is no change");
        assert.throws(() => parseNewEmail(caller, "nobody"), { code: "invalid-input", property: "email" });
        assert.throws(() => parseNewEmail({ ...caller, verified: false }, newAddress()), { code: "unverified" });
        for (let count = 0; count < 5; count += 1) await limitEmailChanges(context, caller);
        await assert.rejects(limitEmailChanges(context, caller), { code: "rate-limited" });
        const email = newAddress();
        const letters = [];
        for (let count = 0; count < 6; count += 1)
            letters.push((await letterToNewEmail(context, context.store.database, caller, email))?.kind);
        assert.deepEqual(letters, [...Array(5).fill("email-change"), undefined]);
    });
});
