import assert from "node:assert/strict";
import {
    notePlatform,
    refuseOtherPlatform,
    refuseOtherThanNotedPlatform,
} from "../../../provider/protection/refuse-other-platform";
import { openTestSession } from "../../support/provider";

describe("the platform of a state", () => {
    it("is known by its identity, whatever its address", async () => {
        const session = await openTestSession();
        const here = await refuseOtherPlatform(session, undefined);
        assert.match(here, /^[\w-]{16} 127\.0\.0\.1$/);
        assert.equal(await refuseOtherPlatform(session, here), here);
        const [id] = here.split(" ");
        assert.equal(await refuseOtherPlatform(session, `${id} platform.agency.example`), here, "it has moved");
        await assert.rejects(refuseOtherPlatform(session, "AAAAAAAAAAAAAAAA 127.0.0.1"), { code: "another-platform" });
    });

    it("is known by the host of its endpoint where one of the two has no identity", async () => {
        const pure = await openTestSession({ extensions: false });
        assert.equal(await refuseOtherPlatform(pure, undefined), " 127.0.0.1");
        for (const same of [" 127.0.0.1", "AAAAAAAAAAAAAAAA 127.0.0.1"])
            assert.equal(await refuseOtherPlatform(pure, same), " 127.0.0.1");
        await assert.rejects(refuseOtherPlatform(pure, "AAAAAAAAAAAAAAAA platform.agency.example"), {
            code: "another-platform",
            detail: `the state is of the platform at platform.agency.example (AAAAAAAAAAAAAAAA), and ${pure.platform.url} is the one at 127.0.0.1`,
        });
    });

    it("is that of everything the program still declares: nothing is made beside it on another one", async () => {
        const session = await openTestSession();
        notePlatform(session.memory, undefined);
        const here = await refuseOtherThanNotedPlatform(session);
        notePlatform(session.memory, here);
        assert.equal(await refuseOtherThanNotedPlatform(session), here);
        notePlatform(session.memory, "AAAAAAAAAAAAAAAA platform.agency.example");
        await assert.rejects(refuseOtherThanNotedPlatform(session), { code: "another-platform" });
    });

    it("does not matter in a rehearsal: that platform is a copy", async () => {
        const session = await openTestSession();
        const settings = { ...session.settings, isRehearsal: true as const };
        const foreign = "AAAAAAAAAAAAAAAA platform.agency.example";
        assert.match(await refuseOtherPlatform({ ...session, settings }, foreign), / 127\.0\.0\.1$/);
    });
});
