import assert from "node:assert/strict";
import { Client } from "../../../provider/client/client";
import { type Drifted, sayDrift } from "../../../provider/lifecycle/drift";
import { openTestSession, type TestSession } from "../../support/provider";
import { fresh } from "../../support/stores";

const olga = "by Olga Owner <olga@agency\\.example>, .* UTC, request \\d{12}\\.\\d{6}";

async function assertSays(session: TestSession, drifted: Drifted, expected: string | RegExp): Promise<void> {
    const [line = ""] = await sayDrift(session, drifted);
    assert.match(line, typeof expected === "string" ? new RegExp(`^${expected}$`) : expected);
}

describe("drift is told with who it was", function () {
    this.timeout(60_000);

    it("of people and names", async () => {
        const session = await openTestSession();
        const { api, signUp } = session.platform;
        const { id } = await api.must("POST", "/account", { name: "Acme" });
        const email = `${fresh("jane")}@agency.example`;
        const { user } = await api.must("POST", `/account/${id}/user`, { email, accountCapability: "readonly" });
        const membership = { kind: "membership", id: `${id}/${email}`, known: {} };
        const role = { key: "role", from: "readonly", to: "admin" };
        await assertSays(session, { ...membership, differences: [role] }, `membership .*: role was changed from readonly to admin by somebody`);
        const later = await openTestSession();
        await api.must("POST", `/account/${id}/user/${user.id}`, { accountCapability: "admin" });
        await api.must("PATCH", `/account/${id}`, { account_name: "Acme Ltd" });
        await assertSays(later, { ...membership, differences: [role] }, `membership .*: role was changed from readonly to admin ${olga}`);
        const name = { key: "name", from: "Acme", to: "Acme Ltd" };
        const organization = { kind: "organization", id: String(id), known: {} };
        await assertSays(later, { ...organization, differences: [name] }, `organization ${id}: name was changed from Acme to Acme Ltd ${olga}`);
        await assertSays(later, membership, `membership ${id}/${email} is gone: removed by somebody`);
        await api.must("DELETE", `/account/${id}/user/${user.id}`);
        await assertSays(await openTestSession(), membership, `membership ${id}/${email} is gone: removed ${olga}`);
        // who is no admin cannot read the log, and sees the drift all the same
        const reader = `${fresh("reader")}@agency.example`;
        const { token } = await signUp(reader);
        await api.must("POST", `/account/${id}/user`, { email: reader, accountCapability: "readonly" });
        const limited = { ...session, client: new Client({ endpoint: session.platform.url, token: token as string }) };
        await assertSays(limited, { ...organization, differences: [name] }, "organization .*: name was changed from Acme to Acme Ltd by somebody");
        await assertSays(await openTestSession(), organization, `organization ${id} is gone: removed by somebody`);
    });
});
