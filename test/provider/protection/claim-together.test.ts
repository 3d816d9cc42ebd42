import assert from "node:assert/strict";
import { Client, listMembers } from "section-client";
import { claimTogether } from "../../../provider/protection/claim-together";
import { startFaultProxy } from "../../support/fault-proxy";
import { openTestSession } from "../../support/provider";

describe("claims that are taken at the same time", () => {
    it("are one request, and each hears of its own; one thing stands in a request once", async () => {
        const open = await openTestSession();
        const proxy = await startFaultProxy(open.platform.url);
        const session = { ...open, client: new Client({ endpoint: proxy.url, token: open.platform.token }) };
        const { id: organization } = await open.platform.api.must("POST", "/account", { name: "Claimed together" });
        const emails = ["ada", "ben", "cleo"].map((name) => `${name}@agency.example`);
        for (const email of emails) await open.platform.api.must("POST", `/account/${organization}/user`, { email });
        const claimOf = (resource: string) => ({
            id: `${resource}-claim-of-a-test`,
            project: "a",
            stack: "b",
            resource,
        });
        const take = (email: string, resource: string, expected: string | null = null) =>
            claimTogether(session, organization, { thing: { email }, expected, claim: claimOf(resource) });
        await listMembers(session.client, organization);
        const [first, second] = emails as [string, string];
        const outcomes = await Promise.all([
            ...emails.map((email) => take(email, email.slice(0, 3))),
            take(second, "other"),
            take("nobody@agency.example", "nobody"),
        ]);
        assert.deepEqual(
            outcomes.map((each) => each?.outcome),
            ["set", "set", "set", "held", "missing"],
        );
        const requests = () => proxy.seen.filter(({ method }) => method === "POST").length;
        assert.equal(requests(), 2, "the second request has what the first one names already");
        await take(first, "next", claimOf("ada").id);
        const members = await listMembers(session.client, organization);
        assert.equal(members.find(({ email }) => email === first)?.claim?.resource, "next");
        assert.equal(members.find(({ email }) => email === second)?.claim?.resource, "ben");
        assert.equal(requests(), 3);
        await proxy.close();
    });
});
