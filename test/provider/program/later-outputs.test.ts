import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as section from "pulumi-section";
import { makeOutputsLater } from "../../../provider/program/later-outputs";

type Settle = (value: unknown, isKnown: boolean, isSecret: boolean, resources: unknown[], error?: Error) => void;
type Named = { name: pulumi.Output<string | undefined> };

/** The SDK calls its own functions through these, too. */
const rpc = require("@pulumi/pulumi/runtime/rpc") as {
    transferProperties(resource: object, label: string, properties: object): Record<string, Settle>;
};
const sdk = require("@pulumi/pulumi/output") as { Output: unknown };

/** A resource with an output `name`, and what settles that. */
function transferName(): { resource: Named; settle: Settle } {
    const resource = {} as Named;
    const end = makeOutputsLater(["name"]);
    const { name: settle } = rpc.transferProperties(resource, "a test", { name: undefined });
    end();
    return { resource, settle: settle as Settle };
}

/** Everything that an output says of itself. */
async function describeOutput(output: Named["name"]): Promise<unknown> {
    const all = output as unknown as {
        promise(): Promise<string>;
        isKnown: Promise<boolean>;
        isSecret: Promise<boolean>;
    };
    const resources = (await (output as unknown as { allResources(): Promise<Set<object>> }).allResources()).size;
    return [await all.promise(), await all.isKnown, await all.isSecret, resources];
}

describe("an output that is made later", () => {
    for (const [when, isLookedAtFirst] of [
        ["before", true],
        ["after", false],
    ] as const)
        it(`is the same for who looks at it ${when} the engine's answer`, async () => {
            const { resource, settle } = transferName();
            const length = isLookedAtFirst ? resource.name.apply((name) => name?.length) : undefined;
            settle("Acme", true, true, []);
            assert.deepEqual(await describeOutput(resource.name), ["Acme", true, true, 1]);
            const { promise } = (length ?? resource.name.apply((name) => name?.length)) as unknown as {
                promise(): Promise<number>;
            };
            assert.equal(await promise(), 4);
        });

    it("is unknown where the engine does not know it", async () => {
        const { resource, settle } = transferName();
        settle(undefined, false, false, []);
        assert.deepEqual(await describeOutput(resource.name), [undefined, false, false, 1]);
    });

    it("fails with the error of its resource", async () => {
        const { resource, settle } = transferName();
        const error = new Error("no such organization");
        settle(undefined, true, false, [], error);
        const others = process.listeners("unhandledRejection");
        process.removeAllListeners("unhandledRejection");
        const seen: unknown[] = [];
        const see = (reason: unknown) => void seen.push(reason);
        process.on("unhandledRejection", see);
        await assert.rejects((resource.name as unknown as { promise(): Promise<string> }).promise(), error);
        await new Promise(setImmediate);
        process.off("unhandledRejection", see);
        for (const other of others) process.on("unhandledRejection", other);
        assert.deepEqual([...new Set(seen)], [error]);
    });

    it("looks like any other output", () => {
        const { resource, settle } = transferName();
        const { name } = resource;
        settle("Acme", true, false, []);
        const other = pulumi.output("Acme");
        assert.ok(pulumi.Output.isInstance(name) && (name as object) instanceof (sdk.Output as () => void));
        assert.deepEqual(Object.keys(name), Object.keys(other));
        assert.ok("promise" in name && !("then" in name));
        assert.ok(pulumi.Output.isInstance((name as unknown as { length: unknown }).length));
        assert.equal(resource.name, name, "looking at it puts no other in its place");
    });

    it("leaves alone what has replaced it meanwhile", async () => {
        const { resource, settle } = transferName();
        const { name } = resource;
        Object.defineProperty(resource, "name", { get: () => "shown", configurable: true });
        settle("Acme", true, false, []);
        assert.deepEqual(await describeOutput(name), ["Acme", true, false, 1]);
        assert.equal(resource.name, "shown");
    });

    it("is only of our resources: the SDK is as before after each, also after one that is refused", () => {
        const before = [rpc.transferProperties, sdk.Output];
        assert.throws(() => new section.Organization("", { name: "Acme" }), /name/);
        assert.deepEqual([rpc.transferProperties, sdk.Output], before);
    });

    it("is made at once for who looks for promises that never end", () => {
        const { transferProperties } = rpc;
        process.env.PULUMI_DEBUG_PROMISE_LEAKS = "true";
        try {
            makeOutputsLater(["name"]);
            assert.equal(rpc.transferProperties, transferProperties);
        } finally {
            delete process.env.PULUMI_DEBUG_PROMISE_LEAKS;
        }
    });
});
