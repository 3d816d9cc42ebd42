import assert from "node:assert/strict";
import type { AddressInfo } from "node:net";
import { createServer, type Socket } from "node:net";
import * as section from "pulumi-section";
import { openStack } from "../harness/stack";
import { startPlatform, withFolder } from "../support/platform";

const count = 50;
const patienceMs = 2_000;
/** Everything else, on a slow machine. */
const besidesMs = 15_000;

/** An address that takes every connection and never says anything. */
async function openSilence() {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
        sockets.add(socket);
        socket.on("error", () => {});
        socket.resume();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const close = () => {
        for (const socket of sockets) socket.destroy();
        return new Promise((resolve) => server.close(resolve));
    };
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, sockets, close };
}

const program = (role: section.MembershipArgs["role"]) => async () => {
    const acme = new section.Organization("acme", { name: "Acme" });
    for (let index = 1; index < count; index += 1)
        new section.Membership(`person-${index}`, {
            organization: acme.id,
            email: `person-${index}@agency.example`,
            role,
        });
};

async function took(work: () => Promise<unknown>): Promise<number> {
    const begun = performance.now();
    await work();
    return performance.now() - begun;
}

describe("an endpoint that takes connections and says nothing", () => {
    it(`is waited for once in a preview of ${count} new or changed resources, and one line counts them`, () =>
        withFolder(async (folder) => {
            const platform = await startPlatform();
            const silence = await openSilence();
            const said = { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token };
            const patience = { SECTION_ENDPOINT: silence.url, SECTION_PATIENCE: String(patienceMs / 1000) };
            const line = new RegExp(
                `not checked with the platform: ${count} things\\. ${silence.url}, from SECTION_ENDPOINT, did not answer in time\\. Check SECTION_ENDPOINT`,
            );
            const previewInSilence = async () => {
                let stdout = "";
                const ms = await took(async () => {
                    ({ stdout } = await stack.preview());
                });
                assert.match(stdout, line);
                assert.equal(stdout.match(/^ *not checked/gm)?.length, 1, stdout);
                assert.ok(ms < patienceMs + besidesMs, `${ms} ms`);
            };
            const stack = await openStack({
                folder,
                program: program("readonly"),
                environment: { ...said, ...patience },
            });
            try {
                await previewInSilence();
                assert.ok(silence.sockets.size <= 2, "the wait is tried twice, by one resource");
                stack.setEnvironment(said);
                await stack.up();
                stack.setEnvironment(patience);
                const ms = await took(() =>
                    assert.rejects(stack.refresh(), /did not answer in time\. Check SECTION_ENDPOINT/),
                );
                assert.ok(ms < patienceMs + besidesMs, `a refresh fails at once: ${ms} ms`);
                stack.setProgram(program("state"));
                const changing = await took(() => assert.rejects(stack.up(), /did not answer in time/));
                assert.ok(changing < patienceMs + besidesMs, `what changes something fails at once: ${changing} ms`);
                const removing = await took(() => assert.rejects(stack.destroy(), /did not answer in time/));
                assert.ok(removing < patienceMs + besidesMs, `a destroy too: ${removing} ms`);
            } finally {
                await silence.close();
                await platform.close();
            }
        })).timeout(120_000);
});
