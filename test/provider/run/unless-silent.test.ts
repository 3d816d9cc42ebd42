import assert from "node:assert/strict";
import { Problem } from "section-model";
import { Memory } from "../../../provider/run/memory";
import type { Session } from "../../../provider/run/session";
import { sayUnchecked } from "../../../provider/run/unchecked";
import { unlessSilent } from "../../../provider/run/unless-silent";

const silence = new Problem("unreachable", "no answer", { remedy: "Check it" });

describe("a check that the platform may not answer", () => {
    it("is nothing then, and is told of at the end under the name of its resource; a refusal is an answer", async () => {
        const session = { memory: new Memory(), settings: {} } as Session;
        const silent = async () => Promise.reject(silence);
        assert.equal(await unlessSilent(session, "x", Promise.resolve(1)), 1);
        await assert.rejects(unlessSilent(session, "x", Promise.reject(new Problem("forbidden", "no"))), /no/);
        assert.equal(sayUnchecked(session.memory), undefined);
        const about = { ...session, thing: "domain shop" };
        assert.equal(await unlessSilent(about, "domain", silent()), undefined);
        assert.equal(await unlessSilent(about, "domain 1/2/Production/shop.example", silent()), undefined);
        assert.equal(sayUnchecked(session.memory), "not checked with the platform: domain shop. no answer. Check it.");
        await unlessSilent(session, "what leaves the program", silent());
        assert.match(String(sayUnchecked(session.memory)), /: 2 things\. no answer\. Check it\.$/);
    });

    it("fails where the settings require an answer, and says how to go on without one", async () => {
        const session = { memory: new Memory(), settings: { requirePlatform: true } } as Session;
        await assert.rejects(unlessSilent(session, "x", Promise.reject(silence)), {
            code: "unreachable",
            message: "no answer. Check it; to preview without the platform, set section:requirePlatform to false.",
        });
        assert.equal(sayUnchecked(session.memory), undefined);
    });
});
