import assert from "node:assert/strict";
import { applicationsPath } from "../../../client/applications";
import { nouns } from "../../../provider/nouns/nouns";
import { noteMade } from "../../../provider/protection/made-things";
import { findArrival } from "../../../provider/protocol/find-arrival";
import type { NounInRun } from "../../../provider/protocol/noun-in-run";
import { openTestSession } from "../../support/provider";
import { fresh } from "../../support/stores";

describe("what a new declaration would adopt", () => {
    it("is nothing, and no list is waited for, in an organization that this operation has made", async () => {
        const session = await openTestSession();
        const hostname = `${fresh("arrival")}.acme.example`;
        const { account, application } = await session.platform.api.makeSite("Acme", hostname);
        const asked = { noun: nouns.application, memory: session.memory, open: () => session } as unknown as NounInRun;
        const find = () => findArrival(asked, { organization: String(account), hostname });
        const hasRead = () => session.client.hasRead(applicationsPath(account));

        noteMade(session.memory, String(account));
        assert.deepEqual([await find(), hasRead()], [undefined, false]);
        noteMade(session.memory, String(account), "filled");
        const { id, isOurs } = (await find()) ?? {};
        assert.deepEqual([id, isOurs, hasRead()], [`${account}/${application}`, true, true]);
    });
});
