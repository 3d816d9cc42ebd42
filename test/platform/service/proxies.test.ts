import assert from "node:assert/strict";
import { createApplication } from "../../../platform/service/applications";
import { editBranch, openEnvironment } from "../../../platform/service/branches";
import { getProxyConfiguration, requireProxy, setProxyConfiguration } from "../../../platform/service/proxies";
import { makeMember, sharedContext } from "../../support/context";
import { files } from "../../support/repository";
import { fresh } from "../../support/stores";

describe("proxies of an environment", () => {
    it("of one image each have their own folder; what else lies there stays", async () => {
        const context = await sharedContext();
        const member = await makeMember(context);
        const { id } = await createApplication(context, member, {
            hostname: `${fresh("two")}.acme.example`,
            origin: "192.0.2.1",
        });
        const place = { applicationId: id, environment: "Production" };
        const config = {
            proxychain: ["first", "second"].map((name) => ({ name, image: "varnish:6.3.1" })),
            environments: { Production: { origin: { address: "a.example" } } },
        };
        const vcl = "vcl 4.0;\n";
        await editBranch(context, member, place, "two", async () =>
            files({
                "section.config.json": JSON.stringify(config),
                "first/default.vcl": vcl,
                "first/own.txt": "own",
                "second/default.vcl": vcl,
            }),
        );
        assert.equal(
            await setProxyConfiguration(context, member, place, "first", {
                content: "vcl 4.0;\n# first\n",
                message: "  \n",
            }),
            true,
        );
        assert.equal((await getProxyConfiguration(context, member, place, "first")).content, "vcl 4.0;\n# first\n");
        const { content, features, generatedContent } = await getProxyConfiguration(context, member, place, "second");
        assert.deepEqual(
            [content, features, generatedContent],
            [vcl, undefined, "# Generated from proxy-features.json: change that file instead.\n"],
        );
        const { branch } = await openEnvironment(context, member, place);
        assert.equal(branch.head.message, "Proxy configuration update", "a message that says nothing is none");
        assert.equal((await branch.read("first/own.txt"))?.toString(), "own");
        assert.equal(await branch.read("first/proxy-features.json"), undefined);
        await assert.rejects(requireProxy(branch, place, "third"), { code: "not-found" });
        await assert.rejects(requireProxy(branch, place, "constructor"), { code: "not-found" });
    });
});
