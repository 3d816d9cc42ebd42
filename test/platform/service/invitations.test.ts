import assert from "node:assert/strict";
import type { Member } from "../../../platform/auth/caller";
import { createAccount } from "../../../platform/service/accounts";
import { listChanges } from "../../../platform/service/changes";
import { setClaims } from "../../../platform/service/claims";
import type { Context } from "../../../platform/service/context";
import { acceptByChange, endUnansweredInvitations, inviteMember } from "../../../platform/service/invitations";
import { findMember, getMember, listMembers, removeMember, updateMember } from "../../../platform/service/memberships";
import { acceptLink, readLink } from "../../../platform/service/registrations";
import { updateUser } from "../../../platform/service/users";
import type { MemberRow } from "../../../platform/store/memberships";
import { mailsTo, makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

const password = "correct horse battery";
const newAddress = (name = "invited") => `${fresh(name)}@agency.example`;

/** Somebody who is a user already, with a name and a telephone number, and knows nobody here. */
async function makeStranger(context: Context) {
    const { caller } = await makeMember(context);
    const secret = { firstName: "Secret", lastName: "Person", phoneNumber: "+1 555 0100" };
    await updateUser(context, { ...caller, via: "password" }, secret);
    return { ...caller, name: "Secret Person" };
}

async function alsoOwning(context: Context, { caller }: Member): Promise<Member> {
    return { caller, accountId: (await createAccount(context, caller, fresh("Other "))).id, capability: "admin" };
}

const capitalise = (email: string) => email.charAt(0).toUpperCase() + email.slice(1);
const shown = ({ account_id, user_id, id, email, claim, ...facts }: MemberRow) => facts;
const tokenFor = async (email: string) => (await mailsTo(email)).at(-1)?.token ?? "";

describe("an invitation", () => {
    it("looks the same for every address until it is accepted: the answer, the list, the log and the mail", async () => {
        const context = await sharedContext();
        const owner = await makeMember(context);
        const stranger = await makeStranger(context);
        const waiting = newAddress("waiting"); // somebody else invited them, and wrote things about them
        await inviteMember(context, await makeMember(context), { email: waiting, firstName: "Private" });
        const addresses = [newAddress("new"), stranger.email, waiting, newAddress("new")];
        const invited: MemberRow[] = [];
        for (const email of addresses) {
            const { isNew, member } = await inviteMember(context, owner, {
                email: capitalise(email),
                lastName: "Told",
            });
            assert.deepEqual([isNew, member.email], [true, capitalise(email)]);
            invited.push(member);
        }
        for (const member of invited) assert.deepEqual(shown(member), shown(invited[0] as MemberRow));
        const numbers = invited.map(({ id }) => id);
        const steps = numbers.slice(1).map((number, index) => number - (numbers[index] as number));
        assert.deepEqual(steps, Array(3).fill(steps[0]), "the numbers tell nothing either");
        assert.ok(!numbers.includes(stranger.userId));
        await assert.rejects(
            getMember(context, owner, stranger.userId),
            { code: "not-found" },
            "nor does the real one",
        );
        assert.deepEqual((await listMembers(context, owner)).slice(1), invited);
        const text = JSON.stringify(
            [await listMembers(context, owner), await listChanges(context, owner, { limit: 50 })],
            (key, value) => (key === "user_id" && value === stranger.userId ? "internal" : value),
        );
        assert.doesNotMatch(text, /Secret|Person|555|Private/);
        for (const email of addresses) {
            const mails = [...(await mailsTo(email)), ...(await mailsTo(capitalise(email)))];
            assert.match(mails.at(-1)?.link ?? "", /public\/accept#/);
        }
    });

    it("of a user lets them in at once, and shows them once they follow the link", async () => {
        const context = await sharedContext();
        const owner = await makeMember(context);
        const stranger = await makeStranger(context);
        const { member } = await inviteMember(context, owner, { email: stranger.email, capability: "readonly" });
        const access = await findMember(context, stranger, owner.accountId);
        assert.deepEqual([access?.capability, access?.isInvited], ["readonly", true]);
        const token = await tokenFor(stranger.email);
        const { user, accounts } = await readLink(context, token);
        assert.deepEqual([user.verified, accounts.map(({ id }) => id)], [true, [owner.accountId]]);
        await acceptLink(context, { token, password: "this is not a new password", firstName: "Mallory" });
        await assert.rejects(acceptLink(context, { token }), { code: "not-found" }, "once");
        const [, accepted] = await listMembers(context, owner);
        assert.deepEqual(
            [accepted?.id, accepted?.first_name, accepted?.phone_number, accepted?.is_invited],
            [stranger.userId, "Secret", "+1 555 0100", false],
        );
        assert.equal((await findMember(context, stranger, owner.accountId))?.isInvited, undefined);
        assert.equal(
            (await getMember(context, owner, member.id)).user_id,
            stranger.userId,
            "the former number still names them",
        );
        await updateMember(context, owner, member.id, "state");
        await removeMember(context, owner, member.id);
        assert.equal(await findMember(context, stranger, owner.accountId), undefined);
    });

    it("is accepted by a change that its person makes", async () => {
        const context = await sharedContext();
        const owner = await makeMember(context);
        const stranger = await makeStranger(context);
        await inviteMember(context, owner, { email: stranger.email });
        await acceptByChange(context, (await findMember(context, stranger, owner.accountId)) as Member);
        assert.equal((await listMembers(context, owner))[1]?.first_name, "Secret");
    });

    it("that is accepted accepts those of the same inviter, now and later, and nobody else's", async () => {
        const context = await sharedContext();
        const owner = await makeMember(context);
        const [second, third] = [await alsoOwning(context, owner), await alsoOwning(context, owner)];
        const other = await makeMember(context);
        const email = newAddress();
        for (const inviting of [owner, second, other]) await inviteMember(context, inviting, { email });
        const [mail] = await mailsTo(email);
        const accepted = await acceptLink(context, { token: mail?.token ?? "", password });
        const isOpen = async (member: Member) => (await listMembers(context, member)).at(-1)?.is_invited;
        assert.deepEqual([await isOpen(owner), await isOpen(second), await isOpen(other)], [false, false, true]);
        const { isNew, member } = await inviteMember(context, third, { email, firstName: "Ignored" });
        assert.deepEqual([isNew, member.id, member.is_invited, member.first_name], [true, accepted.id, false, ""]);
        assert.deepEqual(
            (await mailsTo(email)).map(({ subject, link }) => [subject.split(" ")[0], link !== undefined]),
            [
                ["Invitation", true],
                ["Invitation", true],
                ["Invitation", true],
                ["Access", false],
            ],
        );
        await inviteMember(context, third, { email });
        assert.equal((await mailsTo(email)).length, 4, "a member needs no mail");
        const links = await mailsTo(email);
        assert.equal(
            (await acceptLink(context, { token: links[2]?.token ?? "" })).id,
            accepted.id,
            "the other's link counts",
        );
        assert.equal(await isOpen(other), false);
    });

    it("ends after the time without use or answer, for users and others alike, and the log says so", async () => {
        const shared = await sharedContext();
        const at = (day: number) => ({
            ...shared,
            now: () => new Date(Date.parse("2020-01-01T00:00:00Z") + day * 86_400_000),
        });
        const owner = await makeMember(shared);
        const [unused, used] = [await makeStranger(shared), await makeStranger(shared)];
        const emails = [newAddress(), unused.email, used.email, newAddress("renewed")];
        for (const email of emails) await inviteMember(at(0), owner, { email });
        await findMember(at(3), used, owner.accountId);
        await inviteMember(at(20), owner, { email: emails[3] as string });
        await endUnansweredInvitations(shared, at(1).now());
        const left = (await listMembers(shared, owner)).map(({ email }) => email).slice(1);
        assert.deepEqual(left, [used.email, emails[3]]);
        assert.equal(await findMember(shared, unused, owner.accountId), undefined);
        const log = (await listChanges(shared, owner, { limit: 50 })).filter(({ kind }) => kind === "member.remove");
        assert.deepEqual(
            log.map(({ command, thing }) => [command, thing.email]).sort(),
            [
                ["invitation expired", emails[0]],
                ["invitation expired", unused.email],
            ].sort(),
        );
        await endUnansweredInvitations(shared, at(21).now());
        assert.deepEqual((await listMembers(shared, owner)).length, 2);
    });

    it("keeps its address when its person takes another one, and can be held and removed by it", async () => {
        const context = await sharedContext();
        const owner = await makeMember(context);
        const stranger = await makeStranger(context);
        const { member } = await inviteMember(context, owner, { email: stranger.email });
        const moved = newAddress("moved");
        await context.store.database
            .updateTable("users")
            .set({ email: moved, email_key: moved })
            .where("id", "=", stranger.userId)
            .execute();
        assert.equal((await getMember(context, owner, member.id)).email, stranger.email);
        const claim = { id: fresh("claim"), project: "p", stack: "s", resource: "urn" };
        const take = (email: string) => setClaims(context, owner, [{ thing: { email }, expected: null, claim }]);
        assert.deepEqual(
            (await take(moved)).map(({ outcome }) => outcome),
            ["missing"],
        );
        assert.deepEqual(
            (await take(stranger.email)).map(({ outcome }) => outcome),
            ["set"],
        );
        await removeMember(context, owner, member.id, claim.id as never).catch((error) => assert.fail(error));
    });

    it("is limited for the inviter and the organization, but not for who was invited before", async () => {
        const shared = await sharedContext();
        const limited = (changes: Partial<Context["options"]>) => ({
            ...shared,
            options: { ...shared.options, ...changes },
        });
        const owner = await makeMember(shared);
        const byUser = limited({ invitationsPerHour: 2 });
        const [first, second] = [newAddress(), newAddress()];
        for (const email of [first, second, first]) await inviteMember(byUser, owner, { email });
        const other = await alsoOwning(shared, owner);
        await inviteMember(byUser, other, { email: first });
        await assert.rejects(inviteMember(byUser, other, { email: newAddress() }), {
            code: "rate-limited",
            detail: "invitations of this user: more than 2 an hour (the platform's setting invitationsPerHour)",
        });
        const byAccount = limited({ organizationInvitationsPerHour: 2, invitationsPerHour: 0 });
        await assert.rejects(inviteMember(byAccount, owner, { email: newAddress() }), /organizationInvitationsPerHour/);
        const open = limited({ invitationLimit: 2, invitationsPerHour: 0, organizationInvitationsPerHour: 0 });
        await assert.rejects(inviteMember(open, owner, { email: newAddress() }), {
            code: "limit-reached",
            detail: "open invitations of this organization: at most 2 (the platform's setting invitationLimit)",
        });
        assert.equal((await listMembers(shared, owner)).length, 3, "a refused one leaves nothing");
        const off = limited({ invitationLimit: 0, invitationsPerHour: 0, organizationInvitationsPerHour: 0 });
        assert.equal((await inviteMember(off, owner, { email: newAddress() })).isNew, true);
    });

    it("of one person to a hundred organizations makes a handful of mails, and every membership", async () => {
        const context = await sharedContext();
        const owner = await makeMember(context);
        const email = newAddress("popular");
        for (let count = 0; count < 15; count += 1) {
            const inviting = await alsoOwning(context, owner);
            assert.equal((await inviteMember(context, inviting, { email })).isNew, true);
        }
        assert.equal((await mailsTo(email)).length, 5);
    });

    it("says who invites to what, in words that no mail program makes a link of", async () => {
        const context = await sharedContext();
        const owner = await makeMember(context);
        const account = await createAccount(context, owner.caller, "Cheap pills at https://pills.example/buy");
        const email = newAddress("Jane");
        const inviting = { ...owner, accountId: account.id };
        await inviteMember(context, inviting, { email, firstName: "http://first.example" });
        await inviteMember(context, inviting, { email: email.toLowerCase(), capability: "readonly" });
        const mails = await mailsTo(email);
        assert.equal(mails.length, 2);
        assert.notEqual(mails[0]?.token, mails[1]?.token);
        assert.equal(mails[0]?.subject, "Invitation to Cheap pills at pills·example/buy");
        assert.ok(mails[0]?.text.includes(`Mina (${owner.caller.email})`));
        assert.doesNotMatch(mails[0]?.text ?? "", /pills\.example|first\.example/);
    });
});
