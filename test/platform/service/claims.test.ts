import assert from "node:assert/strict";
import fc from "fast-check";
import type { KyselyPlugin } from "kysely";
import { isProblem } from "section-model";
import { createAccount } from "../../../platform/service/accounts";
import { createApplication } from "../../../platform/service/applications";
import { listChanges } from "../../../platform/service/changes";
import { setClaims, stampClaim } from "../../../platform/service/claims";
import type { Context } from "../../../platform/service/context";
import { addDomain, moveDomain, removeDomain } from "../../../platform/service/domains";
import { createEnvironment } from "../../../platform/service/environments";
import { findDomain } from "../../../platform/store/domains";
import { makeClaim } from "../../support/claims";
import { makeMember, sharedContext } from "../../support/context";
import { requireSome } from "../../support/require-some";
import { fresh } from "../../support/stores";

async function makeSite() {
    const context = await sharedContext();
    const owner = await makeMember(context);
    const hostname = `${fresh("claims")}.acme.example`;
    const { id } = await createApplication(context, owner, { hostname, origin: "192.0.2.1" });
    return {
        context,
        owner,
        hostname,
        applicationId: id,
        production: { applicationId: id, environment: "Production" },
    };
}

/** A context that counts the statements of its transactions. */
function counting(context: Context): { context: Context; count(): number } {
    let count = 0;
    const plugin: KyselyPlugin = {
        transformQuery: ({ node }) => {
            count += 1;
            return node;
        },
        transformResult: async ({ result }) => result,
    };
    const { store } = context;
    const transact: typeof store.transact = (work) =>
        store.transact((transaction) => work(transaction.withPlugin(plugin)));
    return { context: { ...context, store: { ...store, transact } }, count: () => count };
}

describe("claims of things", () => {
    it("have the time of the platform", () => {
        const claim = makeClaim("www");
        const now = () => new Date("2026-01-02T03:04:05Z");
        assert.deepEqual(stampClaim({ now }, claim), { ...claim, claimed_at: "2026-01-02T03:04:05.000Z" });
        assert.equal(stampClaim({ now }), null);
    });

    it("change by hundreds in a few statements", async () => {
        const { context, owner, hostname, applicationId, production } = await makeSite();
        for (let index = 0; index < 20; index += 1)
            await addDomain(context, owner, production, `d${index}.${hostname}`);
        const things = [
            {},
            { email: owner.caller.email },
            { application_id: applicationId },
            { application_id: applicationId, environment_name: "Production" },
            ...Array.from({ length: 496 }, (_, index) => ({ hostname: `d${index}.${hostname}` })),
        ];
        const requests = things.map((thing) => ({ thing, expected: null, claim: makeClaim("many") }));
        const counted = counting(context);
        const outcomes = await setClaims(counted.context, owner, requests);
        assert.equal(outcomes.filter(({ outcome }) => outcome === "set").length, 24);
        assert.equal(outcomes.filter(({ outcome }) => outcome === "missing").length, 476);
        assert.equal(counted.count(), 8, "the lock, one look, five kinds, the log");
        const lines = await listChanges(context, owner, { limit: 500 });
        assert.equal(lines.filter(({ kind }) => kind === "claim.take").length, 24);
        const again = counting(context);
        assert.deepEqual(await setClaims(again.context, owner, requests), outcomes);
        assert.equal(again.count(), 2);
        assert.equal((await listChanges(context, owner, { limit: 500 })).length, lines.length, "nothing has changed");
    });

    it("go along with a domain that moves, unless the move brings one", async () => {
        const { context, owner, hostname, applicationId, production } = await makeSite();
        const staging = { name: "Staging", from: "Production", hostname: `staging.${hostname}` };
        await createEnvironment(context, owner, applicationId, staging);
        const claim = makeClaim("shop");
        const shop = `shop.${hostname}`;
        await addDomain(context, owner, production, shop, { claim });
        await moveDomain(context, owner, production, shop, "Staging");
        const idOf = async () => (await findDomain(context.store.database, owner.accountId, shop))?.claim?.id;
        assert.equal(await idOf(), claim.id);
        const next = makeClaim("shop2");
        const back = { ...production, environment: "Staging" };
        await moveDomain(context, owner, back, shop, "Staging", next);
        assert.equal(await idOf(), claim.id, "it is there already");
        await moveDomain(context, owner, back, shop, "Production", next);
        assert.equal(await idOf(), next.id);
    });

    it("go with an account that is made with one, and nobody else's account has it", async () => {
        const context = await sharedContext();
        const owner = await makeMember(context);
        const claim = makeClaim("acme");
        const account = await createAccount(context, owner.caller, "Acme", claim);
        assert.equal(account.claim?.id, claim.id);
        const [elsewhere] = await setClaims(context, owner, [{ thing: {}, expected: claim.id, claim: null }]);
        assert.deepEqual([elsewhere?.outcome, elsewhere?.claim], ["set", null], "it had none anyway");
        assert.equal((await createAccount(context, owner.caller, "Plain")).claim, null);
    });

    it("have one holder at most, whatever three holders do, and nobody deletes with another's claim", async function () {
        this.timeout(120_000);
        const { context, owner, hostname, production } = await makeSite();
        const { database } = context.store;
        const names = ["a", "b"];
        const holder = fc.nat(2);
        const name = fc.constantFrom(...names);
        const command = fc.oneof(
            fc.record({ does: fc.constant("create" as const), name, holder }),
            fc.record({ does: fc.constant("take" as const), name, holder, from: fc.option(holder) }),
            fc.record({ does: fc.constant("release" as const), name, holder }),
            fc.record({ does: fc.constant("delete" as const), name, holder: fc.option(holder) }),
        );
        let sequence = 0;
        const outcomes = new Map<string, number>();
        await fc.assert(
            fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 16 }), async (commands) => {
                sequence += 1;
                const hostOf = (each: string) => `${each}${sequence}.${hostname}`;
                const claims = [0, 1, 2].map((index) => makeClaim(`holder${index}`, `stack${index}`));
                const idOf = (index: number | null) => (index === null ? null : (claims[index]?.id as string));
                /** The id of the claim of each domain that is there. */
                const model = new Map<string, string | null>();
                for (const each of requireSome(commands)) {
                    const host = hostOf(each.name);
                    const before = model.get(host);
                    if (each.does === "create") {
                        await addDomain(context, owner, production, host, { claim: claims[each.holder] });
                        if (before === undefined) model.set(host, idOf(each.holder));
                    } else if (each.does === "delete") {
                        const claim = idOf(each.holder) ?? "none";
                        const failure = await removeDomain(context, owner, production, host, { claim }).then(
                            () => undefined,
                            (error) => (isProblem(error) ? error.code : String(error)),
                        );
                        const mayDelete = before !== undefined && (before ?? "none") === claim;
                        assert.equal(
                            failure,
                            before === undefined ? "not-found" : mayDelete ? undefined : "claim-held",
                        );
                        outcomes.set(failure ?? "deleted", (outcomes.get(failure ?? "deleted") ?? 0) + 1);
                        if (mayDelete) model.delete(host);
                    } else {
                        const expected = each.does === "take" ? idOf(each.from) : idOf(each.holder);
                        const claim = each.does === "take" ? (claims[each.holder] ?? null) : null;
                        const wanted = claim?.id ?? null;
                        const [answer] = await setClaims(context, owner, [
                            { thing: { hostname: host }, expected, claim },
                        ]);
                        const isSet = before !== undefined && (before === expected || before === wanted);
                        const outcome = before === undefined ? "missing" : isSet ? "set" : "held";
                        assert.equal(answer?.outcome, outcome);
                        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
                        if (isSet) model.set(host, wanted);
                        assert.equal(answer?.claim?.id ?? null, model.get(host) ?? null);
                    }
                    for (const known of names.map(hostOf)) {
                        const row = await findDomain(database, owner.accountId, known);
                        assert.equal(row && (row.claim?.id ?? null), model.get(known));
                    }
                }
            }),
            { numRuns: 60 },
        );
        const met = ["claim-held", "deleted", "held", "missing", "not-found", "set"];
        assert.deepEqual([...outcomes.keys()].sort(), met, "each outcome was met");
    });
});
