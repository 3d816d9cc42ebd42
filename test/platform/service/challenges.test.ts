import assert from "node:assert/strict";
import { createApplication } from "../../../platform/service/applications";
import { answerChallenge, refuseForeignChallenges } from "../../../platform/service/challenges";
import { setEgress } from "../../../platform/service/configuration";
import { findDomain } from "../../../platform/store/domains";
import { makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

describe("challenges", () => {
    before(async function () {
        this.timeout(60_000);
        await sharedContext();
    });

    it("that an environment's origin gets are nothing that the platform could answer", async () => {
        const context = await sharedContext();
        const member = await makeMember(context);
        const hostname = `${fresh("chal")}.acme.example`;
        const { id } = await createApplication(context, member, { hostname, origin: "192.0.2.1" });
        const domain = await findDomain(context.store.database, member.accountId, hostname);
        assert.ok(domain);
        const place = { applicationId: id, environment: "Production" };
        await refuseForeignChallenges(context, domain);
        for (const proxy_acme_challenge of [true, false]) {
            await setEgress(context, member, place, {
                origins: { default: { address: "192.0.2.1" } },
                proxy_acme_challenge,
            });
            const refusal = refuseForeignChallenges(context, domain);
            if (proxy_acme_challenge)
                await assert.rejects(refusal, {
                    code: "issue-failed",
                    detail: /the challenges of .* are passed to its origin: proxy_acme_challenge/,
                });
            else await refusal;
        }
    });

    it("are asked for with all kinds of hosts and names, and there is none", async () => {
        const context = await sharedContext();
        for (const [host, token] of [
            ["", "x"],
            ["\u0000", "x"],
            ["www.acme.example", "\u0000"],
            ["www.acme.example", ""],
            ["[::1]:80", "x"],
            ["x".repeat(5000), "y".repeat(5000)],
        ] as [string, string][])
            await assert.rejects(answerChallenge(context, host, token), { code: "not-found" });
    });
});
