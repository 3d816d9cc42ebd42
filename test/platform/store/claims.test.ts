import assert from "node:assert/strict";
import { findClaimable, listHeldWithin, updateClaims } from "../../../platform/store/claims";
import type { StoredClaim } from "../../../platform/store/column";
import { insertDomain } from "../../../platform/store/domains";
import { insertEnvironment } from "../../../platform/store/environments";
import { insertMembership } from "../../../platform/store/memberships";
import { makeClaim } from "../../support/claims";
import { fresh, onEveryStore } from "../../support/stores";
import { makeApplication, makeUser } from "./rows";

const claimed = (resource: string, stack?: string): StoredClaim => ({
    ...makeClaim(resource, stack),
    claimed_at: "2026-01-02T03:04:05.000Z",
});

onEveryStore("claims", (store) => {
    /** One thing of each kind, of which a member, an environment that is being made and a domain are held. */
    async function estate() {
        const { database } = store();
        const { account, application, environment } = await makeApplication(store());
        const user = await makeUser(store());
        const claims = { member: claimed("jane"), domain: claimed("shop", "dev"), half: claimed("half") };
        await insertMembership(database, account.id, user.id, "state", claims.member);
        await insertEnvironment(database, account.id, application.id, "Half", claims.half);
        const hostname = `${fresh("held")}.acme.example`;
        const place = { account_id: account.id, application_id: application.id, environment_id: environment.id };
        await insertDomain(database, { ...place, hostname, claim: claims.domain });
        return { database, account, application, environment, user, hostname, claims };
    }

    it("are found by the names of things, those of one account only, and of what is there", async () => {
        const { database, account, application, environment, user, hostname, claims } = await estate();
        const other = await estate();
        const found = await findClaimable(database, account.id, [
            { hostname },
            { application_id: application.id, environment_name: "Production" },
            { application_id: application.id },
            { email: user.email_key },
            {},
            { hostname: other.hostname },
            { application_id: application.id, environment_name: "Half" },
            { application_id: application.id, environment_name: "production" },
            { application_id: other.application.id },
            { email: other.user.email_key },
        ]);
        assert.deepEqual(
            found.sort((one, another) => one.index - another.index),
            [
                { index: 0, kind: "domain", id: null, hostname, claim: claims.domain },
                { index: 1, kind: "environment", id: environment.id, hostname: null, claim: null },
                { index: 2, kind: "application", id: application.id, hostname: null, claim: null },
                { index: 3, kind: "member", id: user.id, hostname: null, claim: claims.member },
                { index: 4, kind: "account", id: account.id, hostname: null, claim: null },
            ],
        );
    });

    it("change only where the present one is expected, in any kind of thing", async () => {
        const { database, account, application, user, hostname, claims } = await estate();
        const names = [{}, { email: user.email_key }, { application_id: application.id }, { hostname }];
        const read = async () =>
            (await findClaimable(database, account.id, names)).sort((one, another) => one.index - another.index);
        const next = claimed("next");
        const things = await read();
        const changes = things.map((thing) => ({ thing, expected: thing.claim?.id ?? null, claim: next }));
        const stale = changes.map((change) => ({ ...change, expected: "no-claim-that-is" }));
        assert.deepEqual(await updateClaims(database, account.id, stale), []);
        assert.deepEqual(await read(), things);
        assert.deepEqual(await updateClaims(database, account.id + 1_000_000, changes), []);
        assert.deepEqual(await updateClaims(database, account.id, changes), changes);
        assert.deepEqual(
            (await read()).map(({ claim }) => claim),
            Array(4).fill(next),
        );
        assert.deepEqual(await updateClaims(database, account.id, changes), [], "none is expected any more");
        const releases = (await read()).map((thing) => ({ thing, expected: next.id, claim: null }));
        assert.equal((await updateClaims(database, account.id, releases)).length, 4);
        assert.deepEqual(
            (await read()).map(({ claim }) => claim),
            Array(4).fill(null),
        );
        assert.ok(claims.member.id !== next.id);
    });

    it("within a thing are those of others: another stack's, or everybody's where nobody holds it", async () => {
        const { database, account, application, environment, user, hostname, claims } = await estate();
        const others = await listHeldWithin(database, account.id, "account", claims.member, 5);
        const domain = { kind: "domain", application_id: application.id, name: hostname, claim: claims.domain };
        const half = { kind: "environment", application_id: application.id, name: "Half", claim: claims.half };
        const member = { kind: "member", application_id: null, name: user.email, claim: claims.member };
        const named = async (...rest: [Parameters<typeof listHeldWithin>[2], StoredClaim | null]) =>
            (await listHeldWithin(database, account.id, ...rest, 5)).things.map(({ kind, name }) => [kind, name]);
        assert.equal(others.total, 1);
        assert.deepEqual(await named("account", claims.member), [["domain", hostname]]);
        assert.deepEqual(
            (await listHeldWithin(database, account.id, "account", null, 5)).things.map((each) => ({
                ...each,
                total: undefined,
            })),
            [member, half, domain].map((each) => ({ ...each, total: undefined })),
        );
        assert.equal((await listHeldWithin(database, account.id, "account", null, 1)).total, 3);
        assert.deepEqual(await named({ applicationId: application.id }, claims.domain), [["environment", "Half"]]);
        const own = { environmentId: environment.id, copies: [environment.id] };
        assert.deepEqual(await named(own, null), [["domain", hostname]]);
        assert.deepEqual(await named(own, claims.domain), []);
        await database
            .updateTable("environments")
            .set({ state: "deleting" })
            .where("name", "=", "Half")
            .where("application_id", "=", application.id)
            .execute();
        assert.deepEqual(await named({ applicationId: application.id }, claims.domain), [], "it is on its way out");
    });
});
