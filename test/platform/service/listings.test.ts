import assert from "node:assert/strict";
import { inviteMember } from "../../../platform/service/invitations";
import {
    getOrganization,
    listDomains,
    listOrganizations,
    listSites,
    searchMembers,
} from "../../../platform/service/listings";
import { makeMember, sharedContext } from "../../support/context";

describe("listing use cases", () => {
    it("show a member their own organization only", async () => {
        const context = await sharedContext();
        const member = await makeMember(context);
        const stranger = await makeMember(context);
        const first = { limit: 10, offset: 0 };
        assert.equal((await getOrganization(context, member)).id, member.accountId);
        assert.deepEqual(
            (await listOrganizations(context, member.caller, first)).rows.map(({ id }) => id),
            [member.accountId],
        );
        assert.deepEqual(
            [await listSites(context, stranger, first), await listDomains(context, stranger, first)],
            [
                { rows: [], total: 0 },
                { rows: [], total: 0 },
            ],
        );
        await assert.rejects(getOrganization(context, { ...member, accountId: 2 ** 30 }), { code: "not-found" });
    });

    it("find members by name or address, page by page", async () => {
        const context = await sharedContext();
        const member = await makeMember(context);
        for (const name of ["Ada", "Ben", "Cleo"])
            await inviteMember(context, member, { email: `${name}@x.example`, firstName: name, lastName: "Lovelace" });
        const emails = async (search: string, offset = 0) =>
            (await searchMembers(context, member, { search, limit: 2, offset })).rows.map(({ email }) => email);
        assert.deepEqual(await emails("ada LOVE"), ["Ada@x.example"]);
        assert.deepEqual(await emails("@X.EXAMPLE"), ["Ada@x.example", "Ben@x.example"]);
        assert.deepEqual(await emails("@x.example", 2), ["Cleo@x.example"]);
        assert.equal((await searchMembers(context, member, { limit: 2, offset: 0 })).total, 4);
    });
});
