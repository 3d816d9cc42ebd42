import assert from "node:assert/strict";
import {
    createApplication,
    deleteApplication,
    getApplication,
    listApplications,
    namesApplication,
    requireHostname,
} from "../../../platform/service/applications";
import { makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

describe("application use cases", () => {
    it("count against the limit of an account", async () => {
        const context = await sharedContext();
        const member = await makeMember(context);
        const limited = { ...context, options: { ...context.options, applicationLimit: 1 } };
        const request = () => ({ hostname: `${fresh("lim")}.acme.example`, origin: "192.0.2.1" });
        const first = await createApplication(limited, member, request());
        await assert.rejects(createApplication(limited, member, request()), { message: "System limit exceeded. Contact support to increase this limit." });
        await deleteApplication(limited, member, first.id);
        assert.notEqual((await createApplication(limited, member, request())).id, first.id);
        assert.equal((await listApplications(context, member)).length, 1);
    });

    it("of another account do not exist", async () => {
        const context = await sharedContext();
        const member = await makeMember(context);
        const stranger = await makeMember(context);
        const { id } = await createApplication(context, member, { hostname: `${fresh("own")}.acme.example`, origin: "192.0.2.1" });
        for (const attempt of [getApplication(context, stranger, id), deleteApplication(context, stranger, id)])
            await assert.rejects(attempt, { code: "not-found" });
        assert.ok(await context.repositories.exists({ accountId: member.accountId, applicationId: id }));
    });

    it("know their own hostname in any spelling", () => {
        assert.equal(namesApplication({ name: "WWW.acme.example" }, "www.acme.example"), true);
        assert.equal(namesApplication({ name: "www.acme.example" }, "acme.example"), false);
        assert.equal(requireHostname(" Bücher.Example. ", "hostname"), "xn--bcher-kva.example");
        assert.throws(() => requireHostname("*.acme.example", "hostname"), /hostname "\*\.acme\.example" must not have a wildcard/);
    });
});
