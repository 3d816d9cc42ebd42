import assert from "node:assert/strict";
import { ReadRequest, type ReadResponse } from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { ask, startProviderProcess } from "../harness/provider-process";

const urnOf = (type: string) => `urn:pulumi:prod::agency::section:index:Agency$pulumi-nodejs:dynamic/${type}::acme`;

describe("a read without the provider's text, as pulumi import asks it", () => {
    it("is refused in a sentence for resources of this package; other reads come through", async () => {
        const process = await startProviderProcess({
            packageName: "pulumi-nodejs",
            environment: {},
            engine: "127.0.0.1:1",
            say: () => {},
        });
        const { client } = process;
        const read = (type: string, properties?: Record<string, string>) => {
            const request = new ReadRequest();
            request.setUrn(urnOf(type));
            request.setId("1335/7171");
            if (properties !== undefined) request.setProperties(Struct.fromJavaScript(properties));
            return ask<ReadResponse>((done) => client.read(request, done)).then(
                (answer) => answer.getProperties()?.toJavaScript(),
                ({ details }: { details: string }) => details,
            );
        };
        try {
            const sentence =
                'Application "acme" (1335/7171) cannot be imported by `pulumi import`, and nothing was changed. Declare it in the program: up takes the existing thing over by what the arguments name, and the preview says what would change. For many things: npx pulumi-section adopt FOLDER. With the plugin, pulumi import section:index:Application works.';
            assert.equal(await read("section:Application"), sentence);
            assert.equal(await read("section:Application", {}), sentence, "newer engines send no properties so");
            assert.match(`${await read("other:Thing")}`, /toJavaScript/, "others' things are the SDK's");
            const __provider = "exports.handler=()=>({read:async(id)=>({id,props:{seen:id}})})";
            assert.deepEqual(await read("section:Application", { __provider }), { seen: "1335/7171", __provider });
        } finally {
            await process.stop();
        }
    });
});
