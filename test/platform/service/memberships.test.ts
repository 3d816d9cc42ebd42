import assert from "node:assert/strict";
import { findMember, getMember, inviteMember, listMembers, removeMember, updateMember } from "../../../platform/service/memberships";
import { makeMember, sharedContext } from "../../support/context";
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
        const both = await Promise.allSettled([removeMember(context, one, two.caller.userId), removeMember(context, two, one.caller.userId)]);
        assert.ok(both.some(({ status }) => status === "fulfilled"));
        assert.ok((await listMembers(context, owner)).length >= 1, "the owner is there in any case");
        assert.ok((await findMember(context, owner.caller, owner.accountId)) !== undefined);
    });

    it("a role that is the same already needs no permission of the rules", async () => {
        const context = await sharedContext();
        const owner = await makeMember(context);
        assert.equal((await updateMember(context, owner, owner.caller.userId, "admin")).capability, "admin");
        await assert.rejects(updateMember(context, owner, owner.caller.userId, "readonly"), { code: "owner-protected" });
        await assert.rejects(getMember(context, owner, 999_999), { code: "not-found" });
    });
});
