import assert from "node:assert/strict";
import { findChange } from "../../client/changes";
import { Client } from "../../client/client";
import { openTestSession } from "../support/provider";
import { fresh } from "../support/stores";

describe("the log of an organization", function () {
    this.timeout(60_000);

    it("is searched page by page, newest first, and shared by who asks at the same time", async () => {
        const { client, platform } = await openTestSession();
        const { id } = await platform.api.must("POST", "/account", { name: "0" });
        for (let count = 1; count <= 6; count += 1)
            await platform.api.must("PATCH", `/account/${id}`, { account_name: String(count) });
        const [newest, created, none] = await Promise.all([
            findChange(client, id, ({ what }) => what === "organization.rename", 3),
            findChange(client, id, ({ what }) => what === "organization.create", 3),
            findChange(client, id, ({ what }) => what === "member.role", 3),
        ]);
        assert.deepEqual([newest?.from, newest?.to, newest?.who], ["5", "6", "Olga Owner <olga@agency.example>"]);
        assert.match(newest?.requestId ?? "", /^\d{12}\.\d{6}$/);
        assert.deepEqual([created?.from, created?.to, none], [undefined, "0", undefined]);
    });

    it("is for admins", async () => {
        const { platform } = await openTestSession();
        const { id } = await platform.api.must("POST", "/account", { name: "Acme" });
        const email = `${fresh("state")}@agency.example`;
        const { token } = await platform.signUp(email);
        await platform.api.must("POST", `/account/${id}/user`, { email, accountCapability: "state" });
        const client = new Client({ endpoint: platform.url, token: token as string });
        await assert.rejects(
            findChange(client, id, () => true),
            { code: "forbidden" },
        );
    });
});
