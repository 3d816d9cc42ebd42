import assert from "node:assert/strict";
import { createAccountWithApplication, graphAccounts } from "../../../platform/service/accounts";
import { describeEstate } from "../../../platform/service/estate";
import { makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

describe("the estate of a caller", () => {
    it("is the graph, with domains, heads and people, and nobody else's", async () => {
        const context = await sharedContext();
        const { caller } = await makeMember(context);
        const { caller: stranger } = await makeMember(context);
        const hostname = `${fresh("estate")}.acme.example`;
        await createAccountWithApplication(context, caller, "One", { hostname, origin: "192.0.2.1" });
        const estate = await describeEstate(context, caller);
        assert.deepEqual(
            estate.map(({ account, applications }) => [
                account.id,
                applications.map(({ application }) => application.id),
            ]),
            (await graphAccounts(context, caller)).map(({ account, applications }) => [
                account.id,
                applications.map(({ application }) => application.id),
            ]),
        );
        const [, { members, applications } = assert.fail("no second account")] = estate;
        const [production] = applications[0]?.environments ?? [];
        assert.deepEqual(
            [members?.map(({ email }) => email), production?.domains.map((domain) => domain.hostname)],
            [[caller.email], [hostname]],
        );
        assert.match(production?.head?.commit ?? "", /^[0-9a-f]{40}$/);
        assert.doesNotMatch(JSON.stringify(await describeEstate(context, stranger)), new RegExp(hostname));
    });
});
