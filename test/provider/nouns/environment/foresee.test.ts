import assert from "node:assert/strict";
import { environmentNoun } from "../../../../provider/nouns/environment/environment";
import { foreseeEnvironment } from "../../../../provider/nouns/environment/foresee";
import { unknownValue } from "../../../../provider/run/unknown";
import { openTestSession, ways } from "../../../support/provider";
import { fresh } from "../../../support/stores";

for (const way of ways)
    describe(`what a preview can say of an environment, by ${way}`, function () {
        this.timeout(120_000);

        async function makeProduction() {
            const session = await openTestSession({ way });
            const { account, application } = await session.platform.api.makeSite(
                "Acme",
                `${fresh("fore")}.acme.example`,
            );
            const declared = { application: `${account}/${application}`, name: "Production" };
            const { outputs } = await environmentNoun.ensure(session, declared);
            return { session, declared, head: outputs.head as string };
        }

        it("nothing of what does not exist yet", async () => {
            const { session, declared } = await makeProduction();
            assert.deepEqual(
                await foreseeEnvironment(session, { name: "Staging" }, {}, ["application", "promote"]),
                {},
            );
            assert.deepEqual(
                await foreseeEnvironment(session, { ...declared, name: "Staging", promote: "0".repeat(40) }, {}, []),
                {},
            );
            assert.deepEqual(session.told, []);
        });

        it("the head that a change of hostnames leaves where it is, and not one that content moves", async () => {
            const { session, declared, head } = await makeProduction();
            const before = { ...declared, hostname: "a.acme.example", origin: { address: "192.0.2.1" } };
            assert.deepEqual(await foreseeEnvironment(session, { ...before, hostname: "b.acme.example" }, before, []), {
                head,
            });
            for (const origin of [{ address: "192.0.2.2" }, undefined])
                assert.deepEqual(await foreseeEnvironment(session, { ...before, origin }, before, []), {});
            assert.deepEqual(await foreseeEnvironment(session, before, before, ["config"]), {});
        });

        it("what goes live, once per change; that a commit is not known yet; that it is in no branch", async () => {
            const { session, declared, head } = await makeProduction();
            const first = await foreseeEnvironment(session, { ...declared, promote: head }, {}, []);
            assert.deepEqual(first, {
                goesLive: { [head]: { onto: head, commits: [], takenBack: [], files: [] } },
                promotedOver: head,
            });
            assert.match(
                session.told.join("\n"),
                /^Production of \d+\/\d+ has no content changes: it has the content of [0-9a-f]{10} already$/,
            );
            const before = { ...declared, promote: head, ...first };
            assert.deepEqual(
                await foreseeEnvironment(session, { ...declared, promote: head, ipBlacklist: [] }, before, []),
                first,
            );
            assert.equal(session.told.length, 1);
            assert.deepEqual(await foreseeEnvironment(session, declared, before, ["promote"]), {
                goesLive: unknownValue,
                promotedOver: head,
            });
            assert.match(session.told[1] ?? "", /a commit that this update makes/);
            await assert.rejects(foreseeEnvironment(session, { ...declared, promote: "0".repeat(40) }, before, []), {
                property: "promote",
                code: "head-moved",
            });
        });

        it("the files that complete ownership removes, once", async () => {
            const { session, declared } = await makeProduction();
            const complete = { ...declared, ownership: "complete" as const, config: { "varnish/default.vcl": "x" } };
            await foreseeEnvironment(session, complete, declared, []);
            assert.match(
                session.told.join(),
                /has files that are not declared and will be removed: custom_errors\/500\.html\.sample, local\.config\.json\.sample, varnish\/proxy-features\.json$/,
            );
            await foreseeEnvironment(session, complete, complete, []);
            assert.equal(session.told.length, 1);
        });
    });
