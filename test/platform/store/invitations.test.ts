import assert from "node:assert/strict";
import {
    acceptInvitations,
    countInvitations,
    deleteUnansweredInvitations,
    isInvitedBy,
    isKnownTo,
    listInvitingAccounts,
    noteInvitationUsed,
    renewInvitation,
    takeMemberNumber,
} from "../../../platform/store/invitations";
import { findMemberOf, findMemberRow, findMembership, insertMembership } from "../../../platform/store/memberships";
import { fresh, onEveryStore } from "../../support/stores";
import { makeAccount } from "./rows";

const at = new Date("2020-01-01T10:00:00Z");
const after = (days: number) => new Date(at.getTime() + days * 86_400_000);

onEveryStore("invitations", (store) => {
    async function invite(accountId: number, userId: number, by: number) {
        const { database } = store();
        const person = {
            email: `${fresh("told")}@agency.example`,
            first_name: "Told",
            last_name: "",
            phone_number: "",
        };
        const invitation = { person, number: await takeMemberNumber(database), by, at };
        await insertMembership(database, accountId, userId, "admin", null, invitation);
        return invitation;
    }

    it("show what was written until they are accepted, under a number that later names the user, too", async () => {
        const { database } = store();
        const [own, guest] = [await makeAccount(store()), await makeAccount(store())];
        await insertMembership(database, own.account.id, own.user.id, "admin");
        const { person, number } = await invite(own.account.id, guest.user.id, own.user.id);
        const open = await findMemberOf(database, own.account.id, guest.user.id);
        assert.deepEqual(
            [open?.id, open?.email, open?.first_name, open?.is_invited],
            [number, person.email, "Told", true],
        );
        assert.equal(await findMemberRow(database, own.account.id, guest.user.id), undefined);
        assert.deepEqual([await countInvitations(database, own.account.id), number > guest.user.id], [1, true]);
        assert.deepEqual(
            [
                await isKnownTo(database, guest.user.id, own.user.id),
                await isInvitedBy(database, guest.user.id, own.user.id),
                await isInvitedBy(database, own.user.id, guest.user.id),
            ],
            [false, true, false],
        );
        await acceptInvitations(database, guest.user.id, []);
        await acceptInvitations(database, guest.user.id, [own.account.id]);
        for (const named of [number, guest.user.id]) {
            const member = await findMemberRow(database, own.account.id, named);
            assert.deepEqual([member?.id, member?.email, member?.is_invited], [guest.user.id, guest.user.email, false]);
        }
        assert.deepEqual(
            [
                await isKnownTo(database, guest.user.id, own.user.id),
                await isKnownTo(database, own.user.id, guest.user.id),
                await countInvitations(database, own.account.id),
            ],
            [true, true, 0],
        );
    });

    it("of one inviter go together", async () => {
        const { database } = store();
        const [one, other, foreign, guest] = await Promise.all(Array.from({ length: 4 }, () => makeAccount(store())));
        assert.ok(one && other && foreign && guest);
        for (const [account, by] of [
            [one, one.user.id],
            [other, one.user.id],
            [foreign, foreign.user.id],
        ] as const)
            await invite(account.account.id, guest.user.id, by);
        const namesFor = async (id: number) =>
            (await listInvitingAccounts(database, guest.user.id, id)).map(({ id: each }) => each);
        assert.deepEqual(
            await namesFor(one.account.id),
            [one.account.id, other.account.id].sort((a, b) => a - b),
        );
        assert.deepEqual(await namesFor(foreign.account.id), [foreign.account.id]);
        await database.deleteFrom("accounts").where("id", "=", other.account.id).execute();
        assert.deepEqual(await namesFor(one.account.id), [one.account.id]);
    });

    it("end unless they are accepted, used or sent again", async () => {
        const { database } = store();
        const own = await makeAccount(store());
        const guests = await Promise.all(Array.from({ length: 4 }, () => makeAccount(store())));
        const [silent, accepted, used, again] = guests.map(({ user }) => user.id) as [number, number, number, number];
        for (const guest of [silent, accepted, used, again]) await invite(own.account.id, guest, own.user.id);
        await acceptInvitations(database, accepted, [own.account.id]);
        await noteInvitationUsed(database, own.account.id, used, after(1));
        await renewInvitation(database, own.account.id, again, after(20));
        const ended = await deleteUnansweredInvitations(database, after(10));
        assert.ok(ended.some(({ user_id, invitation }) => user_id === silent && invitation?.first_name === "Told"));
        const left = await Promise.all(
            [silent, accepted, used, again].map((id) => findMembership(database, own.account.id, id)),
        );
        assert.deepEqual(
            left.map((each) => each?.is_invited),
            [undefined, false, true, true],
        );
    });
});
