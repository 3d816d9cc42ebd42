import assert from "node:assert/strict";
import { listPlaces } from "../../../cli/waves/place";
import { describeBothWays } from "../../support/both-ways";
import { changeOf } from "../../support/waves";

describeBothWays("a place", () => {
    it("has all hostnames of its environment, the newest commit that was read, and whether it is live", () => {
        const shop = {
            op: "same",
            kind: "domain",
            name: "shop",
            id: "1/1/Production/shop.example",
            olds: { environment: "1/1/Production", hostname: "shop.example" },
            news: { environment: "1/1/Production", hostname: "shop.example" },
            outputs: { engaged: true },
        } as const;
        const { preview } = changeOf([{ name: "a", staging: "new" }], [shop]);
        const [production, staging] = [...listPlaces(preview).values()];
        assert.deepEqual(production, {
            key: "1/1 Production",
            siteKey: "1/1",
            site: "a.example",
            client: "Acme",
            environment: "Production",
            hostnames: ["a.example", "shop.example"],
            isLive: true,
            commit: "a-Production",
        });
        assert.deepEqual(
            [staging?.environment, staging?.hostnames, staging?.isLive],
            ["Staging", ["staging.a.example"], false],
        );
    });
});
