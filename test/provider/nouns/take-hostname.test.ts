import assert from "node:assert/strict";
import { attachDomain } from "../../../client/domains";
import type { TakesFrom } from "../../../client/environments";
import { isIn, takeHostname } from "../../../provider/nouns/take-hostname";
import type { Hold } from "../../../provider/protection/hold";
import { openTestSession } from "../../support/provider";
import { fresh } from "../../support/stores";

const claim = { id: "0123456789abcdef", project: "agency", stack: "prod", resource: "shop" };

describe("a hostname that is taken", () => {
    /** A site with an alias of nobody, another site to take it to, and the requests that were sent. */
    async function makeSites() {
        const session = await openTestSession();
        const [one, other] = [`${fresh("one")}.acme.example`, `${fresh("other")}.acme.example`];
        const from = await session.platform.api.makeSite("Acme", one);
        const to = await session.platform.api.makeSite("Acme", other);
        const placeOf = ({ account, application }: typeof from) => ({
            organization: account,
            application,
            environment: "Production",
        });
        const alias = `shop.${one}`;
        await attachDomain(session.client, placeOf(from), alias);
        const sent: (TakesFrom | undefined)[] = [];
        const take = (hold: Hold | undefined, isPlanned = false) =>
            takeHostname(session, alias, { hold, isOwnPlace: isIn(placeOf(to)), isPlanned }, (takesFrom) => {
                sent.push(takesFrom);
                return attachDomain(session.client, placeOf(to), alias, undefined, { claim: hold?.claim, takesFrom });
            });
        return { alias, from: placeOf(from), sent, take };
    }

    it("comes in a second request that says from where, and what its claim must be", async () => {
        const { alias, from, sent, take } = await makeSites();
        const { domains } = await take({ claim, consents: true });
        assert.equal(domains.find(({ hostname }) => hostname === alias)?.claim?.resource, "shop");
        assert.deepEqual(sent, [undefined, { ...from, claim: "none" }]);
    });

    it("stays where it is without consent, without claims, and where it belongs already", async () => {
        const { alias, sent, take } = await makeSites();
        await assert.rejects(take({ claim, consents: false }), { code: "takes-over" });
        await assert.rejects(take(undefined), { code: "domain-elsewhere" });
        assert.deepEqual(sent, [undefined, undefined]);
        await take(undefined, true);
        assert.equal(sent.length, 4, "a planned move needs no consent");
        const { domains } = await take({ claim, consents: false });
        assert.ok(
            domains.some(({ hostname }) => hostname === alias),
            "it is there",
        );
    });
});
