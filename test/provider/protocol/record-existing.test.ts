import assert from "node:assert/strict";
import { nouns } from "../../../provider/nouns/nouns";
import { organizationNoun } from "../../../provider/nouns/organization/organization";
import { completeOutputs, marker } from "../../../provider/protocol/complete-outputs";
import { Lifecycle } from "../../../provider/protocol/lifecycle";
import { recordExisting } from "../../../provider/protocol/record-existing";
import { type Kind, providerTextOf, resourceTypeOf } from "../../../provider/run/resource-kind";
import { Run } from "../../../provider/run/run";
import { openTestSession } from "../../support/provider";
import { fresh } from "../../support/stores";

describe("what a state would have of a thing that exists", function () {
    this.timeout(60_000);

    for (const extensions of [true, false]) {
        it(`is what check and create leave there, to the letter (${extensions ? "with extensions" : "pure v1"})`, async () => {
            const session = await openTestSession({ extensions });
            const { url, token } = session.platform;
            const config = new Map([
                ["section-provider:endpoint", url],
                ["section-provider:token", token],
            ]);

            /** Makes it as the engine would, and compares with what is told of it afterwards. */
            async function same(kind: Kind, declared: Record<string, unknown>): Promise<string> {
                const lifecycle = new Lifecycle(nouns[kind], new Run());
                await lifecycle.configure({ config: { get: (key) => config.get(key) } });
                const { inputs, failures } = await lifecycle.check({}, declared);
                assert.deepEqual(failures, []);
                const { id, outs } = await lifecycle.create(inputs);
                const provider = { __provider: `exports.handler=()=>require("pulumi-section/dynamic").${kind}` };
                const recorded = await recordExisting(kind, await openTestSession({ extensions }), id, declared);
                assert.deepEqual(recorded, {
                    id,
                    inputs: { ...inputs, ...provider },
                    outputs: { ...outs, ...provider },
                });
                assert.deepEqual(await lifecycle.diff(id, outs, inputs), { changes: false });
                return id;
            }
            const first = { hostname: `${fresh("recorded")}.acme.example`, origin: "192.0.2.1" };
            const organization = await same("organization", {
                name: fresh("Client "),
                ...(!extensions && { firstSite: first }),
            });
            await same("membership", { organization, email: "Jane@agency.example", role: "state" });
            const hostname = `${fresh("recorded")}.acme.example`;
            const application = await same("application", {
                organization,
                hostname: hostname.toUpperCase(),
                origin: "192.0.2.1",
            });
            const environment = await same("environment", {
                application,
                name: "Staging",
                hostname: `staging.${hostname}`,
                origin: "192.0.2.7",
                ipBlacklist: ["198.51.100.0/24"],
                config: { "varnish/robots.txt": "User-agent: *\n", "varnish/picture.png": { base64: "iVBORwD/" } },
            });
            await same("domain", { environment, hostname: `qa.${hostname}` });
        });
    }

    it("is refused with the reason where it is gone, or is not as it was declared", async () => {
        const session = await openTestSession();
        assert.deepEqual(await recordExisting("organization", session, "2147483647", { name: "Acme" }), {
            issues: [{ property: "id", reason: "is gone" }],
        });
        const { id, outputs } = await organizationNoun.ensure(session, { name: fresh("Client ") });
        const drifted = await recordExisting("organization", session, id, { name: `${outputs.name} & Sons` });
        assert.match(JSON.stringify(drifted), /"property":"inputs","reason":"differ from what was there a moment ago/);
        assert.match(
            JSON.stringify(
                await recordExisting("membership", session, `${id}/x@y.example`, {
                    organization: id,
                    email: "x@y.example",
                    role: "boss",
                }),
            ),
            /role.*must be one of/,
        );
        assert.match(
            JSON.stringify(
                await recordExisting("environment", session, "1/2/Staging", { application: "1/2", name: "Staging" }),
            ),
            /"property":"hostname"/,
        );
    });

    it("has the type, the text and the marker that states have had since 0.1.0", () => {
        assert.equal(resourceTypeOf("membership"), "pulumi-nodejs:dynamic/section:Membership");
        assert.equal(providerTextOf("domain"), 'exports.handler=()=>require("pulumi-section/dynamic").domain');
        assert.deepEqual([marker, completeOutputs({ a: 1, b: undefined })], ["__v", { a: 1, __v: 1 }]);
    });
});
