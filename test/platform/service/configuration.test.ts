import assert from "node:assert/strict";
import { createApplication } from "../../../platform/service/applications";
import {
    getBlock,
    getProxyChain,
    setEgress,
    setIpRestrictions,
    setStack,
    validateFiles,
} from "../../../platform/service/configuration";
import { makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

describe("configuration use cases", () => {
    it("change what they name and keep what strangers wrote", async () => {
        const context = await sharedContext();
        const member = await makeMember(context);
        const { id } = await createApplication(context, member, {
            hostname: `${fresh("cfg")}.acme.example`,
            origin: "192.0.2.1",
        });
        const key = { accountId: member.accountId, applicationId: id };
        const strange =
            '{"zebra":1,"proxychain":[{"name":"varnish","image":"varnish:6.3.1","colour":"blue"}],"environments":{"Production":{"origin":{"address":"a.example","secret_sauce":true},"note":"keep"},"Other":{"x":1}}}';
        await context.repositories.edit(
            key,
            "Production",
            { author: member.caller, message: "by hand" },
            async () => new Map([["section.config.json", Buffer.from(strange)]]),
        );
        const place = { applicationId: id, environment: "Production" };
        await setEgress(context, member, place, { origins: { default: { address: "b.example" } } });
        await setIpRestrictions(context, member, place, ["192.0.2.9"]);
        const text = (await context.repositories.readFile(key, "Production", "section.config.json"))?.toString();
        assert.deepEqual(JSON.parse(text as string), {
            zebra: 1,
            proxychain: [{ name: "varnish", image: "varnish:6.3.1", colour: "blue" }],
            environments: {
                Production: {
                    origin: { address: "b.example", secret_sauce: true },
                    note: "keep",
                    ip_blacklist: ["192.0.2.9"],
                },
                Other: { x: 1 },
            },
        });
        assert.match(text as string, /^\{\n {4}"zebra": 1,/, "keys keep their order, four blanks");
        assert.deepEqual((await getBlock(context, member, place)).note, "keep");
    });

    it("a stack brings files for proxies that have none, and leaves those that have", async () => {
        const context = await sharedContext();
        const member = await makeMember(context);
        const { id } = await createApplication(context, member, {
            hostname: `${fresh("stk")}.acme.example`,
            origin: "192.0.2.1",
            stackName: "varnish-6.3-basic",
        });
        const place = { applicationId: id, environment: "Production" };
        await setStack(context, member, place, "openresty");
        const files = await context.repositories.listFiles(
            { accountId: member.accountId, applicationId: id },
            "Production",
        );
        assert.ok(
            files.some(({ path }) => path === "openresty/server.conf") &&
                files.some(({ path }) => path === "varnish/default.vcl"),
        );
        assert.deepEqual(await getProxyChain(context, member, place), [
            { name: "openresty", image: "openresty:1.13.6.1" },
        ]);
        await assert.rejects(setStack(context, member, place, "nothing"), { code: "unknown-stack" });
        assert.deepEqual((await validateFiles(context, member, place, { "openresty/server.conf": "x" })).problems, []);
    });
});
