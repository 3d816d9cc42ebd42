import assert from "node:assert/strict";
import type { AccessList, ClientAccess } from "../../../cli/access/access-list";
import { planDeparture } from "../../../cli/access/departure";

const access = (person: string, id: string, role: string, more: Partial<ClientAccess> = {}): ClientAccess => ({
    ...{
        person: `${person}@agency.example`,
        client: { id, name: `Client ${id}` },
        role,
        status: "active",
        isOwner: false,
    },
    ...more,
});

const listOf = (list: ClientAccess[]): AccessList => ({
    endpoint: "https://platform.example",
    user: "token@agency.example",
    clients: [],
    list,
    unseen: [],
});

describe("what leaves with a person", () => {
    const reasonsOf = (list: ClientAccess[]) =>
        planDeparture(listOf(list), "jane@agency.example").ends.map(
            ({ client, handOver }) => `${client.id}: ${handOver.map(({ reason }) => reason).join()}`,
        );

    it("has to be handed over where they own it or are its last admin, and where the other admins have not come yet", () => {
        const reasons = reasonsOf([
            access("jane", "1", "readonly"),
            access("olga", "1", "admin", { isOwner: true }),
            access("jane", "2", "admin", { isOwner: true }),
            access("olga", "2", "admin"),
            access("jane", "3", "admin"),
            access("olga", "3", "state"),
            access("jane", "4", "admin"),
            access("olga", "4", "admin", { status: "pending" }),
        ]);
        assert.deepEqual(reasons, [
            "2: jane@agency.example owns organization 2 and cannot be removed",
            "3: jane@agency.example is the last admin of organization 3 and must stay an admin",
            "4: the other admins have not accepted their invitation yet: olga@agency.example",
            "1: ",
        ]);
    });

    it("is said to be unknown where an endpoint does not name the owner; tokens are the person's own", () => {
        const { notes } = planDeparture(
            listOf([access("jane", "1", "readonly", { isOwner: undefined })]),
            "jane@agency.example",
        );
        assert.match(
            notes.join("\n"),
            /^Only \S+ sees their API tokens\. .*This endpoint does not tell who owns Client 1 \(1\)\.$/s,
        );
    });

    it("is refused for who is nowhere a member, with the nearest addresses and how much cannot be seen", () => {
        const list = {
            ...listOf([access("jane", "1", "admin")]),
            unseen: [{ client: { id: "9", name: "Hidden" }, because: "x" }],
        };
        assert.throws(
            () => planDeparture(list, "jan@agency.example"),
            /is no member of any organization .*; 1 organization cannot be looked into\. Check the address; the nearest ones are jane@agency\.example/,
        );
    });
});
