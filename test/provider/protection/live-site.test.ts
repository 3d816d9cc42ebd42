import assert from "node:assert/strict";
import { Client } from "section-client";
import { refuseLiveSite } from "../../../provider/protection/live-site";
import { startDns } from "../../support/dns";
import { startPlatform } from "../../support/platform";
import { openTestSession } from "../../support/provider";
import { fresh } from "../../support/stores";

describe("a site that is to go", () => {
    it("may when nothing of it is live, and is said to be gone when it is", async () => {
        const session = await openTestSession();
        const hostname = `${fresh("gone")}.acme.example`;
        const { account, application } = await session.platform.api.makeSite("Acme", hostname);
        assert.equal(await refuseLiveSite(session, `${account}/${application}`, hostname), true);
        assert.equal(await refuseLiveSite(session, `${account}/2147483647`, hostname), false);
    });

    it("is refused while visitors are served by it, unless that is allowed", async () => {
        const dns = await startDns(new Map([["www.acme.example", "www.acme.example.c.section.io"]]));
        const platform = await startPlatform({ dnsServers: [dns.address] });
        try {
            const { account, application } = await platform.api.makeSite("Acme", "www.acme.example");
            const open = async (allowLiveDelete: boolean) => ({
                ...(await openTestSession({ allowLiveDelete })),
                client: new Client({ endpoint: platform.url, token: platform.token }),
            });
            const [id, engaged] = [`${account}/${application}`, `/account/${account}/domain/www.acme.example`];
            assert.equal((await platform.api.get(`${engaged}/verifyEngaged`)).is_engaged, true);
            await assert.rejects(refuseLiveSite(await open(false), id, "the site"), {
                code: "live-protected",
                message: /^the site serves visitors under www\.acme\.example\. /,
            });
            assert.equal(await refuseLiveSite(await open(true), id, "the site"), true);
        } finally {
            await platform.close();
            dns.close();
        }
    });
});
