import assert from "node:assert/strict";
import * as section from "pulumi-section";
import { Choices, seed } from "../support/choices";
import { isMutating, startFaultProxy } from "../support/fault-proxy";
import { startPlatform, withFolder } from "../support/platform";
import { openStack } from "../support/stack";

const sites = 64;
// each takes longer than all others together; client.test.ts has a case of a client that waits over two minutes
const slowCreateMs = 20_000;

describe("a platform that is slow and has limits", () => {
    it(`makes ${sites} sites at once, each after ${slowCreateMs / 1000} s, and asks to come back later: nothing is lost, nothing is twice`, () =>
        withFolder(async (folder) => {
            const platform = await startPlatform({ extensions: false });
            const proxy = await startFaultProxy(platform.url);
            try {
                const choices = new Choices(seed);
                let [slow, turnedAway] = [0, 0];
                proxy.decide((request) => {
                    const { path } = request;
                    if (isMutating(request) && choices.fraction() < 0.3) {
                        turnedAway += 1;
                        return { comeBackAfterSeconds: 1 + choices.below(3) };
                    }
                    if (!path.endsWith("/application/create")) return "pass";
                    slow += 1;
                    return { lateByMs: slowCreateMs };
                });
                const program = async () => {
                    const acme = new section.Organization("acme", {
                        name: "Acme",
                        firstSite: { hostname: "first.acme.example", origin: "192.0.2.1" },
                    });
                    for (let index = 0; index < sites; index += 1) {
                        const hostname = `www${index}.acme.example`;
                        const application = new section.Application(hostname, {
                            organization: acme.id,
                            hostname,
                            origin: "192.0.2.1",
                        });
                        new section.Domain(`alias-${index}`, {
                            environment: application.production,
                            hostname: `alias${index}.acme.example`,
                        });
                    }
                };
                const stack = await openStack({
                    folder,
                    program,
                    environment: { SECTION_ENDPOINT: proxy.url, SECTION_TOKEN: platform.token },
                });
                const begun = performance.now();
                const { changes } = await stack.up({ parallel: 128 });
                const seconds = (performance.now() - begun) / 1000;
                assert.equal(changes.create, 2 + 2 * sites);
                assert.equal(slow, sites, "each site was made once");
                const [{ id: account }] = await platform.api.get("/account");
                const made: { application_name: string }[] = await platform.api.get(`/account/${account}/application`);
                assert.equal(made.length, sites + 1);
                assert.equal(new Set(made.map(({ application_name }) => application_name)).size, sites + 1);
                assert.ok(turnedAway > sites / 4, `${turnedAway} requests were turned away`);
                assert.ok(
                    seconds < (sites / 5) * (slowCreateMs / 1000),
                    `it took ${seconds} s: they did not wait side by side`,
                );
                console.log(
                    `      seed ${seed}: ${sites} sites of ${slowCreateMs / 1000} s each in ${seconds.toFixed(0)} s, ${turnedAway} requests turned away: 0 lost, 0 twice`,
                );
            } finally {
                await proxy.close();
                await platform.close();
            }
        }));
});
