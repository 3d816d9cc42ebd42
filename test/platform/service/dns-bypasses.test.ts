import assert from "node:assert/strict";
import { createApplication } from "../../../platform/service/applications";
import { setDnsBypass } from "../../../platform/service/dns-bypasses";
import { getEnvironment } from "../../../platform/service/environments";
import { readOriginAddress } from "../../../platform/service/origin-address";
import { makeMember, sharedContext } from "../../support/context";
import { files } from "../../support/repository";
import { fresh } from "../../support/stores";

describe("a DNS bypass", () => {
    it("leads to the origin that the branch has, and says nothing of a branch that cannot be read", async () => {
        const context = await sharedContext();
        const member = await makeMember(context);
        const { id } = await createApplication(context, member, {
            hostname: `${fresh("bypass")}.acme.example`,
            origin: "192.0.2.1",
        });
        const key = { accountId: member.accountId, applicationId: id };
        const place = { applicationId: id, environment: "Production" };
        const shown = async () => (await getEnvironment(context, member, id, "Production")).bypassAddress;
        await setDnsBypass(context, member, place, true);
        assert.equal(await shown(), "192.0.2.1");
        assert.equal(await readOriginAddress(context.repositories, key, "Nowhere"), undefined);
        // past every check, as a disk or an older platform might have left it
        const damage = (text: string | null) =>
            context.repositories.edit(key, "Production", { author: member.caller, message: "damage" }, async () =>
                files({ "section.config.json": text }),
            );
        for (const text of ["{", '{"proxychain":[],"environments":{}}', null]) {
            await damage(text);
            assert.equal(await shown(), undefined);
        }
        await assert.rejects(setDnsBypass(context, await makeMember(context), place, false), { code: "not-found" });
    });
});
