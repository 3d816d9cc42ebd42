import assert from "node:assert/strict";
import { setClaims } from "../../../client/claims";
import { createOrganization, listOrganizations } from "../../../client/organizations";
import { hasClaims, mayTake, openHold, takeClaim } from "../../../provider/protection/hold";
import { openTestSession, type TestSession } from "../../support/provider";
import { fresh } from "../../support/stores";

const claimant = { project: "agency", stack: "prod", resource: "acme", isPreview: false };
const claimOf = (stack: string) => ({
    ...{ id: `${stack}-0123456789abcdef`, project: "agency", stack, resource: "acme" },
    claimedAt: "2026-11-29T00:00:00.000Z",
});

async function holdOf(session: TestSession, more: object = {}, known?: string) {
    const hold = await openHold(session, { ...claimant, ...more }, known);
    assert.ok(hold);
    return hold;
}

describe("a hold", () => {
    it("has a claim of its own, or the one that the state remembers", async () => {
        const session = await openTestSession();
        const [one, other] = [await holdOf(session), await holdOf(session)];
        assert.match(one.claim.id, /^[\w-]{20}$/);
        assert.notEqual(one.claim.id, other.claim.id);
        assert.equal((await holdOf(session, {}, "known-0123456789ab")).claim.id, "known-0123456789ab");
        assert.notEqual((await holdOf(session, {}, "")).claim.id, "");
    });

    it("is not there where the endpoint has no claims, or nobody claims", async () => {
        const pure = await openTestSession({ extensions: false });
        assert.deepEqual([await hasClaims(pure), await openHold(pure, claimant)], [false, undefined]);
        assert.equal(await openHold(await openTestSession(), undefined), undefined);
    });

    it("may take what is nobody's or its stack's, and with consent everything", async () => {
        const session = await openTestSession();
        const hold = await holdOf(session);
        assert.deepEqual(
            [undefined, claimOf("prod"), claimOf("test")].map((counts) => mayTake(hold, counts)),
            [true, true, false],
        );
        const named = { ...session, settings: { ...session.settings, adopt: ["shop", "acme"] } };
        const all = { ...session, settings: { ...session.settings, adopt: "all" as const } };
        for (const consenting of [
            await holdOf(session, { adopt: true }),
            await openHold(named, claimant),
            await openHold(all, claimant),
        ])
            assert.ok(consenting && mayTake(consenting, claimOf("test")));
        const other = await openHold(named, { ...claimant, resource: "other" });
        assert.ok(other && !mayTake(other, claimOf("test")));
    });

    it("takes a claim only if it is still as it was seen", async () => {
        const session = await openTestSession();
        const { id: organization } = await createOrganization(session.client, fresh("Held "));
        const see = async () => (await listOrganizations(session.client)).find(({ id }) => id === organization)?.claim;
        const [first, second] = [await holdOf(session), await holdOf(session, { resource: "next" })];
        const sight = { organization, thing: {} };
        assert.equal(await takeClaim(session, first, sight), first.claim.id);
        assert.equal(await takeClaim(session, first, sight), first.claim.id, "a repeated request");
        await assert.rejects(takeClaim(session, second, sight), {
            code: "claim-held",
            detail: "agency/prod acme has it now, which nobody had a moment ago",
        });
        assert.equal((await see())?.resource, "acme");
        await setClaims(session.client, organization, [{ thing: {}, expected: first.claim.id, claim: null }]);
        assert.equal(await takeClaim(session, second, sight), second.claim.id);
    });

    it("needs no claim of its own to what comes with a larger thing of its stack", async () => {
        const session = await openTestSession();
        const sight = { organization: 1, thing: { application: 7, environment: "Production" } };
        assert.equal(
            await takeClaim(session, await holdOf(session), { ...sight, counts: claimOf("prod") }),
            claimOf("prod").id,
        );
    });
});
