import assert from "node:assert/strict";
import { inviteMember } from "../../../platform/service/invitations";
import { findMember, getMember, listMembers, removeMember, updateMember } from "../../../platform/service/memberships";
import { makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

describe("membership use cases", () => {
    it("two admins who remove each other at once leave one", async () => {
        const context = await sharedContext();
        const owner = await makeMember(context);
        const invite = async (name: string) => {
            const { member } = await inviteMember(context, owner, { email: `${fresh(name)}@agency.example` });
            return { ...owner, number: member.id, caller: { ...owner.caller, userId: member.user_id } };
        };
        const [one, two] = [await invite("one"), await invite("two")];
        const admins = async () => (await listMembers(context, owner)).filter((each) => each.capability === "admin");
        assert.equal((await admins()).length, 3);
        const both = await Promise.allSettled([
            removeMember(context, one, two.number),
            removeMember(context, two, one.number),
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

    it("is nothing to a user whose address is not verified", async () => {
        const context = await sharedContext();
        const owner = await makeMember(context);
        assert.equal(await findMember(context, { ...owner.caller, verified: false }, owner.accountId), undefined);
    });
});
