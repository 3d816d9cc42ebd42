import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as section from "pulumi-section";
import { startFaultProxy } from "../support/fault-proxy";
import { owner, startPlatform, withFolder } from "../support/platform";
import { openStack } from "../support/stack";

describe("look-ups", () => {
    it("in a program know what exists at preview, what the program makes after it, and never tell the token", () =>
        withFolder(async (folder) => {
            const platform = await startPlatform();
            const proxy = await startFaultProxy(platform.url);
            try {
                const { account } = await platform.api.makeSite("Museum", "www.museum.example");
                const program = async () => {
                    const museum = await section.getOrganization({ name: "Museum" });
                    const { production } = await section.getApplication({ hostname: "www.museum.example" });
                    new section.Domain("shop", { environment: production, hostname: "shop.museum.example" });
                    const acme = new section.Organization("acme", { name: "Acme" });
                    const www = new section.Application("www", {
                        organization: acme.id,
                        hostname: "www.acme.example",
                        origin: "192.0.2.1",
                    });
                    const found = section.getEnvironmentOutput({ application: www.id, name: "Production" });
                    const explicit = { endpoint: platform.url, token: pulumi.secret(platform.token) };
                    return {
                        museum: museum.id,
                        people: museum.members,
                        head: found.head,
                        twice: section.getOrganizationOutput({ id: acme.id }, explicit).name,
                    };
                };
                const stack = await openStack({ folder, program, environment: {} });
                await stack.setConfig("section:endpoint", proxy.url);
                await stack.setConfig("section:token", platform.token, true);

                const preview = await stack.preview({ diff: true });
                assert.equal(preview.changes.create, 4, "with the stack");
                assert.match(preview.stdout, new RegExp(`environment: "${account}/\\d+/Production"`));
                assert.match(preview.stdout, /email +: "olga@agency\.example"/);
                const graphs = () => proxy.seen.filter(({ path }) => path.includes("/graph")).length;
                assert.equal(graphs(), 1, "two look-ups at preview are one request");

                const { outputs, stdout } = await stack.up();
                assert.match(outputs.head as string, /^[0-9a-f]{40}$/);
                assert.deepEqual([outputs.museum, outputs.twice], [String(account), "Acme"]);
                const state = JSON.parse(await stack.state());
                const recorded = JSON.stringify(
                    state.checkpoint.latest.resources.filter(
                        ({ type }: { type: string }) => type === "pulumi:pulumi:Stack",
                    ),
                );
                assert.match(recorded, /"twice":"Acme"/, "what was found with a secret token is no secret");
                for (const text of [preview.stdout, stdout, JSON.stringify(outputs), JSON.stringify(state)])
                    assert.ok(!text.includes(platform.token), "the token was told");

                stack.setProgram(async () => void (await section.getDomain({ hostname: "www.nobody.example" })));
                await assert.rejects(
                    stack.preview(),
                    /there is no domain www\.nobody\.example that this token can see/,
                );
                stack.setProgram(program);
                await stack.destroy();

                // look-ups by one token share what they saw in the last seconds
                const estate = await section.getEstate({
                    endpoint: platform.url,
                    token: await platform.tokenFor(owner.email),
                });
                assert.deepEqual(
                    estate.organizations.map(({ name, applications }) => [
                        name,
                        applications.map(({ hostname }) => hostname),
                    ]),
                    [["Museum", ["www.museum.example"]]],
                );
                await assert.rejects(section.getEstate({ endpoint: platform.url }), /no token is set for/);
            } finally {
                await proxy.close();
                await platform.close();
            }
        }));
});
