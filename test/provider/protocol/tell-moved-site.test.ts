import assert from "node:assert/strict";
import { setClaims } from "section-client";
import { makeClaimId } from "../../../provider/protection/hold";
import { tellMovedSite } from "../../../provider/protocol/tell-moved-site";
import { openTestSession } from "../../support/provider";
import { fresh } from "../../support/stores";

const stack = { project: "agency", stack: "prod" };

describe("a site that another organization gets", () => {
    it("is told of if it is this stack's and is made anew, with the key that keeps it", async () => {
        const session = await openTestSession();
        const hostname = `${fresh("www")}.lind.example`;
        const name = fresh("Lind");
        const { account, application } = await session.platform.api.makeSite(name, hostname);
        const claim = { ...stack, id: makeClaimId(), resource: `agency/lind/${hostname}` };
        await setClaims(session.client, account, [{ thing: { application }, expected: null, claim }]);
        const told = async (resource: string, organization: string | undefined, of = stack, at = hostname) => {
            session.told.length = 0;
            await tellMovedSite(session, { hostname: at, organization }, { ...of, resource, place: `(Lund)/${at}` });
            return session.told.join("\n");
        };
        const renamed = `agency/lund/${hostname}`;
        assert.match(
            await told(renamed, undefined),
            new RegExp(
                `: Lund gets a new site in place of the site of ${name}, .* write key lind for Lund in the list`,
            ),
        );
        assert.match(
            await told("www", "999"),
            /give the resources their former names, or aliases: then everything stays/,
        );
        assert.equal(await told(renamed, String(account)), "", "it stays in its organization");
        assert.equal(await told(renamed, undefined, { ...stack, stack: "other" }), "", "another stack has it");
        assert.equal(await told(renamed, undefined, stack, `new.${hostname}`), "", "it is new");
    });
});
