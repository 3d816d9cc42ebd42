import assert from "node:assert/strict";
import { listClaimable } from "../../client/claimable-things";
import { readGraph } from "../../client/graph";
import { makeClaim } from "../support/claims";
import { openTestSession } from "../support/provider";
import { fresh } from "../support/stores";

describe("the claimable things of a graph", () => {
    it("have the ids of a state, their claims, and what they come with; larger ones stand first", async () => {
        const { platform, client } = await openTestSession();
        const { api } = platform;
        const hostname = `${fresh("www")}.acme.example`;
        const { account, application } = await api.makeSite("Acme", hostname);
        const email = `${fresh("jane")}@agency.example`;
        const claim = makeClaim("jane");
        await api.must("POST", `/account/${account}/user`, { email, accountCapability: "readonly", claim });
        const root = `/account/${account}/application/${application}/environment`;
        await api.must("POST", `${root}/Production/domain/shop.${hostname}`, {});
        const own = listClaimable(await readGraph(client)).filter((each) => each.organization === account);
        const site = `${account}/${application}`;
        assert.deepEqual(
            own.map(({ kind, id, comesWith }) => [kind, id, comesWith?.id]),
            [
                ["organization", String(account), undefined],
                ["membership", `${account}/olga@agency.example`, undefined],
                ["membership", `${account}/${email}`, undefined],
                ["application", site, undefined],
                ["environment", `${site}/Production`, site],
                ["domain", `${site}/Production/${hostname}`, site],
                ["domain", `${site}/Production/shop.${hostname}`, undefined],
            ],
        );
        assert.deepEqual(
            own.filter((each) => each.claim !== undefined).map((each) => [each.thing, each.claim?.id]),
            [[{ email }, claim.id]],
        );
    });
});
