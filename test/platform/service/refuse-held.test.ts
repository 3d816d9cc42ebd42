import assert from "node:assert/strict";
import { createApplication, deleteApplication } from "../../../platform/service/applications";
import { addDomain } from "../../../platform/service/domains";
import { createEnvironment } from "../../../platform/service/environments";
import { inviteMember } from "../../../platform/service/invitations";
import { refuseHeld, refuseOtherClaim } from "../../../platform/service/refuse-held";
import { makeClaim } from "../../support/claims";
import { makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

describe("a thing that is to be deleted", () => {
    it("must have the claim that it is deleted with, if it is deleted with one", () => {
        const claim = { ...makeClaim("www"), claimed_at: "2026-01-02T03:04:05.000Z" };
        for (const [present, toDelete] of [
            [claim, undefined],
            [claim, claim.id],
            [null, "none"],
            [null, undefined],
        ] as const)
            refuseOtherClaim("it", present, toDelete);
        const refused = (present: typeof claim | null, toDelete: string) => {
            const refuse = () => refuseOtherClaim("application 7", present, toDelete);
            return (words: RegExp) => assert.throws(refuse, { code: "claim-held", message: words });
        };
        refused(claim, "none")(/^application 7 is held by agency\/prod www\./);
        refused(claim, makeClaim("x").id)(/^application 7 is held by agency\/prod www\./);
        refused(null, claim.id)(/^application 7 is held by nobody any more\./);
    });

    it("names each kind of thing in it that others hold", async () => {
        const context = await sharedContext();
        const owner = await makeMember(context);
        const hostname = `${fresh("within")}.acme.example`;
        const request = { hostname, origin: "192.0.2.1", claim: makeClaim("www", "dev") };
        const { id } = await createApplication(context, owner, request);
        const staging = `staging.${hostname}`;
        const environment = { name: "Staging", from: "Production", hostname: staging, claim: makeClaim("qa", "dev") };
        await createEnvironment(context, owner, id, environment);
        const place = { applicationId: id, environment: "Production" };
        await addDomain(context, owner, place, `shop.${hostname}`, { claim: makeClaim("shop", "dev") });
        const { member } = await inviteMember(context, owner, {
            email: `${fresh("jane")}@agency.example`,
            claim: makeClaim("jane", "dev"),
        });
        const account = { what: "account 1", claim: null, container: "account" as const };
        const refused = context.store.transact((transaction) =>
            refuseHeld(transaction, owner.accountId, account, "none"),
        );
        await assert.rejects(refused, {
            detail: `account 1 contains what others hold: the membership of ${member.email} (agency/dev jane), application ${id} (agency/dev www), environment Staging of application ${id} (agency/dev qa), shop.${hostname} (agency/dev shop)`,
        });
        await assert.rejects(deleteApplication(context, owner, id, "none"), { code: "claim-held" });
        await deleteApplication(context, owner, id, request.claim.id);
    });
});
