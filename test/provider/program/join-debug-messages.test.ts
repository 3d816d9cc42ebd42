import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { lightenRegistration } from "../../../provider/program/lighten-registration";
import { asProgram } from "../../support/program";

interface Sent {
    message: string;
    urn: string;
}

/** What an engine gets while `work` runs as its program. */
async function listen(work: () => Promise<void>): Promise<Sent[]> {
    const sent: Sent[] = [];
    const { getEngine } = pulumi.runtime;
    const engine = {
        // biome-ignore lint/suspicious/noExplicitAny: the SDK's own request
        log(request: any, done: () => void) {
            sent.push({ message: request.getMessage(), urn: request.getUrn() });
            setTimeout(done, 5);
        },
    };
    const settings = require("@pulumi/pulumi/runtime/settings") as { waitForRPCs(): Promise<void> };
    const define = (value: unknown) => {
        for (const place of [settings, pulumi.runtime])
            Object.defineProperty(place, "getEngine", { configurable: true, value });
    };
    define(() => engine);
    try {
        await asProgram(work);
        await settings.waitForRPCs();
    } finally {
        define(getEngine);
    }
    return sent;
}

describe("debug messages of a program", () => {
    it("go to the engine together, all of them and in their order, before the program ends", async () => {
        const messages = Array.from({ length: 300 }, (_, index) => `message ${index}`);
        const sent = await listen(async () => {
            lightenRegistration();
            for (const message of messages) {
                void pulumi.log.debug(message);
                if (message.endsWith("50")) await sleep(30);
            }
        });
        assert.deepEqual(
            sent.flatMap(({ message }) => message.split("\n")),
            messages,
        );
        assert.ok(sent.length <= 8, `${sent.length} requests for ${messages.length} messages`);
    });

    it("about a resource go alone, and others than debug messages are left alone", async () => {
        const resource = { urn: pulumi.output("urn:pulumi:dev::agency::a:b:C::www") } as unknown as pulumi.Resource;
        const sent = await listen(async () => {
            lightenRegistration();
            await pulumi.log.debug("of the site", resource);
            await pulumi.log.info("for everybody");
        });
        assert.deepEqual(sent, [
            { message: "of the site", urn: "urn:pulumi:dev::agency::a:b:C::www" },
            { message: "for everybody", urn: "" },
        ]);
    });

    it("go one by one again when the program has ended", async () => {
        const { debug } = pulumi.log;
        await asProgram(async () => {
            lightenRegistration();
            assert.notEqual(pulumi.log.debug, debug);
        });
        assert.equal(pulumi.log.debug, debug);
    });
});
