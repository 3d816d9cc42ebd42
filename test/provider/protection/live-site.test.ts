import assert from "node:assert/strict";
import { refuseLiveSite } from "../../../provider/protection/live-site";
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
});
