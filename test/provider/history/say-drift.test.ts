import assert from "node:assert/strict";
import { Client } from "../../../client/client";
import { findDifferences } from "../../../provider/history/difference";
import type { Drifted } from "../../../provider/history/find-authors";
import { sayDrift } from "../../../provider/history/say-drift";
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
        await assertSays(
            session,
            { ...membership, differences: [role] },
            `membership .*: role was changed from readonly to admin by somebody`,
        );
        const later = await openTestSession();
        await api.must("POST", `/account/${id}/user/${user.id}`, { accountCapability: "admin" });
        await api.must("PATCH", `/account/${id}`, { account_name: "Acme Ltd" });
        await assertSays(
            later,
            { ...membership, differences: [role] },
            `membership .*: role was changed from readonly to admin ${olga}`,
        );
        const name = { key: "name", from: "Acme", to: "Acme Ltd" };
        const organization = { kind: "organization", id: String(id), known: {} };
        await assertSays(
            later,
            { ...organization, differences: [name] },
            `organization ${id}: name was changed from Acme to Acme Ltd ${olga}`,
        );
        await assertSays(later, membership, `membership ${id}/${email} is gone: removed by somebody`);
        await api.must("DELETE", `/account/${id}/user/${user.id}`);
        await assertSays(await openTestSession(), membership, `membership ${id}/${email} is gone: removed ${olga}`);
        // who is no admin cannot read the log, and sees the drift all the same
        const reader = `${fresh("reader")}@agency.example`;
        const { token } = await signUp(reader);
        await api.must("POST", `/account/${id}/user`, { email: reader, accountCapability: "readonly" });
        const limited = { ...session, client: new Client({ endpoint: session.platform.url, token: token as string }) };
        await assertSays(
            limited,
            { ...organization, differences: [name] },
            "organization .*: name was changed from Acme to Acme Ltd by somebody",
        );
        await assertSays(await openTestSession(), organization, `organization ${id} is gone: removed by somebody`);
    });

    it("of a team, one person at a time", async () => {
        const session = await openTestSession();
        const { api } = session.platform;
        const { id } = await api.must("POST", "/account", { name: "Acme" });
        const [stays, goes, comes] = ["stays", "goes", "comes"].map((name) => `${fresh(name)}@agency.example`) as [
            string,
            string,
            string,
        ];
        for (const email of [stays, goes, comes])
            await api.must("POST", `/account/${id}/user`, { email, accountCapability: "readonly" });
        const members = await api.get(`/account/${id}/user`);
        const idOf = (email: string) => members.find((each: { email: string }) => each.email === email).id;
        await api.must("POST", `/account/${id}/user/${idOf(stays)}`, { accountCapability: "state" });
        await api.must("DELETE", `/account/${id}/user/${idOf(goes)}`);
        const before = { [stays]: { role: "readonly", until: "2099-01-31" }, [goes]: "readonly" };
        const after = { [stays]: { role: "state", until: "2099-01-31" }, [comes]: "readonly" };
        const differences = findDifferences(["members"], { members: before }, { members: after });
        const lines = await sayDrift(session, { kind: "team", id: String(id), known: {}, differences });
        const said = (email: string) => lines.find((line) => line.includes(email)) ?? "";
        assert.match(said(stays), new RegExp(`^team ${id}: members\\["${stays}"\\]\\.role was changed ${olga}$`));
        assert.match(said(goes), new RegExp(`^team ${id}: members\\["${goes}"\\] was removed ${olga}$`));
        assert.match(said(comes), new RegExp(`^team ${id}: members\\["${comes}"\\] was added ${olga}$`));
    });

    it("of a membership that had ended and is there again", async () => {
        const session = await openTestSession();
        const { id } = await session.platform.api.must("POST", "/account", { name: "Acme" });
        const email = `${fresh("back")}@agency.example`;
        await session.platform.api.must("POST", `/account/${id}/user`, { email });
        const differences = [{ key: "ended", from: true, to: undefined }];
        await assertSays(
            session,
            { kind: "membership", id: `${id}/${email}`, known: {}, differences },
            `membership .*: ended was removed ${olga}`,
        );
    });
});
