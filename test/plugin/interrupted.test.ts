import assert from "node:assert/strict";
import { CreateRequest, type CreateResponse } from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { resourceTypeOf } from "pulumi-section/internal";
import type { Made } from "../harness/provider";
import { ask } from "../harness/provider-process";
import { makeSecret, type Properties, revealSecrets } from "../harness/values";
import { assertMarked, assertSound } from "../support/conforming-life";
import { isMutating } from "../support/fault-proxy";
import { openPluginStack, type PluginStack } from "../support/plugin-operation";
import { requireSome } from "../support/require-some";

const urn = `urn:pulumi:test::story::${resourceTypeOf("environment", "plugin")}::staging`;

describe("work of the plugin that stops half way", function () {
    this.timeout(120_000);
    let stack: PluginStack;
    let sites = 0;
    before(async () => {
        stack = await openPluginStack();
    });
    after(() => stack.close());
    afterEach(() => stack.proxy.decide(() => "pass"));

    /** A new site, and the inputs of its Staging. */
    async function declare(): Promise<Properties> {
        sites += 1;
        const { account, application } = await stack.platform.api.makeSite(`Acme ${sites}`, `www${sites}.acme.example`);
        return {
            application: `${account}/${application}`,
            name: "Staging",
            hostname: `staging${sites}.acme.example`,
            config: { "varnish/default.vcl": "vcl 4.0;\n", "varnish/key.txt": makeSecret("hush-00000000\n") },
        };
    }

    for (const isGone of [false, true])
        it(`is gone on with, whichever ${isGone ? "request" : "write"} was the last`, async () => {
            const halves: Made[] = [];
            let isComplete = false;
            for (let passed = 0; !isComplete; passed += 1) {
                const news = await declare();
                let made: Made | undefined;
                let inputs: Properties = {};
                await stack.operate(async ({ provider }) => {
                    ({ inputs } = await provider.check(urn, {}, news));
                    let count = 0;
                    stack.proxy.decide((request) => {
                        if (isMutating(request)) count += 1;
                        return count > passed && (isGone || isMutating(request)) ? "refuse" : "pass";
                    });
                    made = await provider.create(urn, inputs, false).catch((error: Error) => {
                        assert.doesNotMatch(error.message, /hush-|undefined/);
                        assert.doesNotMatch(error.message, /hush-|undefined/);
                        return undefined;
                    });
                });
                stack.proxy.decide(() => "pass");
                isComplete = made !== undefined && made.initErrors === undefined;
                await stack.operate(async ({ provider }) => {
                    if (made?.initErrors === undefined) {
                        made ??= await provider.create(urn, (await provider.check(urn, {}, news)).inputs, false);
                    } else {
                        halves.push(made);
                        const { id, outputs, initErrors } = made;
                        assert.match(id, /^\d+\/\d+\/Staging$/);
                        assert.doesNotMatch(initErrors.join(""), /hush-|undefined/);
                        assert.match(requireSome(initErrors).join(""), /\w/);
                        assertSound(outputs);
                        const old = { urn, id, inputs, outputs };
                        const again = await provider.check(urn, inputs, news);
                        assert.deepEqual(again.failures, []);
                        await provider.diff(old, again.inputs); // the engine goes on whatever it says
                        made = await provider.update(old, again.inputs, false);
                    }
                    assert.equal(made.initErrors, undefined);
                    assertMarked(inputs, made.outputs);
                    const known = { urn, id: made.id, inputs, outputs: made.outputs };
                    assert.equal((await provider.diff(known, inputs)).changes, false);
                    assert.deepEqual(
                        revealSecrets((await provider.read(known))?.outputs ?? {}),
                        revealSecrets(made.outputs),
                    );
                });
            }
            requireSome(halves);
            console.log(`      ${halves.length} partial failures were finished by the next update`);
        });

    it("ends with a sentence after the time of customTimeouts", async () => {
        const news = await declare();
        await stack.operate(async ({ provider, client }) => {
            const { inputs } = await provider.check(urn, {}, news);
            stack.proxy.decide((request) => (isMutating(request) ? "hold" : "pass"));
            const request = new CreateRequest();
            request.setUrn(urn);
            request.setProperties(Struct.fromJavaScript(inputs as never));
            request.setTimeout(1);
            await assert.rejects(
                ask<CreateResponse>((done) => client.create(request, done)),
                /it took more than 1 s to create it, the limit of the option customTimeouts\./,
            );
        });
    });
});
