import assert from "node:assert/strict";
import { Client } from "section-client";
import { refuseLiveReplacement } from "../../../provider/protection/live-replacement";
import { startDns } from "../../support/dns";
import { startPlatform } from "../../support/platform";
import { openTestSession } from "../../support/provider";

describe("replacing what is live", () => {
    it("is refused, said where it moves in one step, and silent where the settings allow it", async () => {
        const dns = await startDns(new Map([["www.acme.example", "www.acme.example.c.section.io"]]));
        const platform = await startPlatform({ dnsServers: [dns.address] });
        try {
            const { account: organization, application } = await platform.api.makeSite("Acme", "www.acme.example");
            const open = async (allowLiveDelete = false) => ({
                ...(await openTestSession({ allowLiveDelete })),
                client: new Client({ endpoint: platform.url, token: platform.token }),
            });
            const replaced = {
                id: "1/2/Production/www.acme.example",
                place: { organization, application },
                domains: [{ hostname: "www.acme.example", engaged: false }],
            };
            const session = await open();
            await assert.rejects(refuseLiveReplacement(session, replaced, ["environment", "hostname"]), {
                code: "live-protected",
                message: /is live and changing environment and hostname would delete it and make a new one/,
            });
            assert.deepEqual(session.told, []);
            await refuseLiveReplacement(session, replaced, ["environment"], true);
            assert.deepEqual(session.told, [
                `${replaced.id} is live and moves in one step: its visitors are served by the new environment from then on`,
            ]);
            const allowing = await open(true);
            await refuseLiveReplacement(allowing, replaced, ["environment"]);
            await refuseLiveReplacement(allowing, replaced, ["environment"], true);
            assert.deepEqual(allowing.told, []);
            await refuseLiveReplacement(session, { ...replaced, domains: [] }, ["environment"]);
        } finally {
            await platform.close();
            dns.close();
        }
    });
});
