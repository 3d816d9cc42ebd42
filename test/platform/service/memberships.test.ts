import assert from "node:assert/strict";
import { createAccount } from "../../../platform/service/accounts";
import {
    findMember,
    getMember,
    inviteMember,
    listMembers,
    removeMember,
    updateMember,
} from "../../../platform/service/memberships";
import { mailsTo, makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

describe("membership use cases", () => {
    it("two admins who remove each other at once leave one", async () => {
        const context = await sharedContext();
        const owner = await makeMember(context);
        const invite = async (name: string) => {
            const { member } = await inviteMember(context, owner, { email: `${fresh(name)}@agency.example` });
            return { ...owner, caller: { ...owner.caller, userId: member.id } };
        };
        const [one, two] = [await invite("one"), await invite("two")];
        const admins = async () => (await listMembers(context, owner)).filter((each) => each.capability === "admin");
        assert.equal((await admins()).length, 3);
        const both = await Promise.allSettled([
            removeMember(context, one, two.caller.userId),
            removeMember(context, two, one.caller.userId),
        ]);
        assert.deepEqual(both.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
        const left = (await admins()).map(({ id }) => id);
        assert.equal(left.length, 2, "the owner, and one of them");
        assert.ok(left.includes(owner.caller.userId));
    });

    it("a role that is the same already needs no permission of the rules", async () => {
        const context = await sharedContext();
        const owner = await makeMember(context);
        assert.equal((await updateMember(context, owner, owner.caller.userId, "admin")).capability, "admin");
        await assert.rejects(updateMember(context, owner, owner.caller.userId, "readonly"), {
            code: "owner-protected",
        });
        await assert.rejects(getMember(context, owner, 999_999), { code: "not-found" });
    });

    it("writes to whom it invites, with a link while they are not verified, and once to who is", async () => {
        const context = await sharedContext();
        const owner = await makeMember(context);
        const email = `${fresh("Jane")}@agency.example`;
        await inviteMember(context, owner, { email, firstName: "Jane" });
        await inviteMember(context, owner, { email: email.toLowerCase(), capability: "readonly" });
        const mails = await mailsTo(email);
        assert.equal(mails.length, 2);
        assert.notEqual(mails[0]?.token, mails[1]?.token);
        assert.match(mails[0]?.subject ?? "", /^Invitation to Account \d+$/);
        assert.ok(mails[0]?.text.includes(`Mina (${owner.caller.email})`) && mails[0].link !== undefined);
        const known = await makeMember(context);
        for (let times = 0; times < 2; times += 1) await inviteMember(context, owner, { email: known.caller.email });
        const told = await mailsTo(known.caller.email);
        assert.deepEqual(
            told.map(({ subject, link }) => [subject.replace(/\d+/, "N"), link]),
            [["Access to Account N", undefined]],
        );
    });

    it("a hundred organizations that invite one person make a handful of mails, and every membership", async () => {
        const context = await sharedContext();
        const owner = await makeMember(context);
        const email = `${fresh("popular")}@agency.example`;
        for (let count = 0; count < 15; count += 1) {
            const { id } = await createAccount(context, owner.caller, fresh("Client "));
            assert.equal((await inviteMember(context, { ...owner, accountId: id }, { email })).isNew, true);
        }
        assert.equal((await mailsTo(email)).length, 5);
    });

    it("is nothing to a user whose address is not verified", async () => {
        const context = await sharedContext();
        const owner = await makeMember(context);
        assert.equal(await findMember(context, { ...owner.caller, verified: false }, owner.accountId), undefined);
    });
});
