import assert from "node:assert/strict";
import { refuseReadOnly, tellLackingRole } from "../../../provider/protection/refuse-read-only";
import { openTestSession, providerPlatform } from "../../support/provider";
import { fresh } from "../../support/stores";

describe("a token that may only read", () => {
    it("is told of once in a preview, and refused in an up", async () => {
        const platform = await providerPlatform();
        const token = await platform.tokenFor("olga@agency.example", "read");
        const session = await openTestSession({ token });
        await refuseReadOnly(session, true);
        await refuseReadOnly(session, true);
        assert.deepEqual(session.told, [
            `the token may only read at ${platform.url}. A preview works with it; use a token of scope write for up.`,
        ]);
        await assert.rejects(refuseReadOnly(session, false), { code: "forbidden" });
    });

    it("is not taken for one that may write, nor for one of an endpoint that does not tell", async () => {
        for (const extensions of [true, false]) {
            const session = await openTestSession({ extensions });
            await refuseReadOnly(session, false);
            assert.deepEqual(session.told, []);
        }
    });

    it("of somebody who is no admin is told of once for each organization", async () => {
        const platform = await providerPlatform();
        const { account } = await platform.api.makeSite("Acme", `${fresh("role")}.acme.example`);
        const email = `${fresh("reader")}@agency.example`;
        await platform.signUp(email);
        await platform.api.must("POST", `/account/${account}/user`, { email, accountCapability: "readonly" });
        const session = await openTestSession({ token: await platform.tokenFor(email) });
        for (const id of [`${account}`, `${account}/1`, undefined]) await tellLackingRole(session, id);
        assert.deepEqual(session.told, [
            `the token is of ${email}, who is no admin of organization Acme (${account}) at ${platform.url}: up may be refused there. Ask an admin of it for that role, or use an admin's token.`,
        ]);
        const admin = await openTestSession();
        await tellLackingRole(admin, `${account}`);
        assert.deepEqual(admin.told, []);
    });
});
