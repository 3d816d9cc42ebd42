import assert from "node:assert/strict";
import { preflightHostname } from "../../../provider/nouns/hostname-preflight";
import { openTestSession } from "../../support/provider";
import { fresh } from "../../support/stores";

describe("the preflight of a hostname", () => {
    it("finds what somebody else has; what is ours can be adopted or moved; what is unknown is not asked for", async () => {
        const session = await openTestSession();
        const ours = `${fresh("pre")}.acme.example`;
        await session.platform.api.makeSite("Acme", ours);
        const theirs = `${fresh("pre")}.elsewhere.example`;
        await (await session.platform.signUp(`${fresh("stranger")}@elsewhere.example`)).makeSite("Elsewhere", theirs);
        assert.deepEqual(
            (await preflightHostname(session, theirs)).map(({ property }) => property),
            ["hostname"],
        );
        for (const free of [ours, `other.${ours}`, undefined])
            assert.deepEqual(await preflightHostname(session, free), [], free);
    });
});
