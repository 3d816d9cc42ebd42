import assert from "node:assert/strict";
import { createApplication } from "../../../platform/service/applications";
import { setStack } from "../../../platform/service/configuration";
import { banEverything, listProxyOperations, operateProxy } from "../../../platform/service/proxy-operations";
import { makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

describe("operations of proxies", () => {
    it("go to proxies of the chain, and are remembered of those that were in it", async () => {
        const context = await sharedContext();
        const member = await makeMember(context);
        const stranger = await makeMember(context);
        const { id } = await createApplication(context, member, {
            hostname: `${fresh("op")}.acme.example`,
            origin: "192.0.2.1",
        });
        const place = { applicationId: id, environment: "Production" };
        const ban = { operation: "ban", parameter: banEverything };
        await operateProxy(context, member, place, "varnish", ban);
        await setStack(context, member, place, "openresty");
        await assert.rejects(operateProxy(context, member, place, "varnish", ban), { code: "not-found" });
        await operateProxy(context, member, place, "openresty", { operation: "reload" });
        const [noted, ...others] = await listProxyOperations(context, member, place, "varnish", { limit: 10 });
        assert.deepEqual(others, []);
        assert.deepEqual(
            [noted?.operation, noted?.parameter, noted?.is_async, noted?.caller_name, noted?.caller_email],
            ["ban", "req.url ~ /", false, "Mina", member.caller.email],
        );
        for (const attempt of [
            listProxyOperations(context, stranger, place, "varnish", { limit: 10 }),
            operateProxy(context, stranger, place, "openresty", { operation: "reload" }),
        ])
            await assert.rejects(attempt, { code: "not-found" });
    });
});
