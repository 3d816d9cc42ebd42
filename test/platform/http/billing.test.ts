import assert from "node:assert/strict";
import { fresh, onEveryPlatform } from "../../support/stores";

onEveryPlatform("billing over HTTP", (platform) => {
    it("says in v1's words that nothing is billed, to admins", async () => {
        const { api, signUp } = platform();
        const before = Date.now();
        const { id } = await api.must("POST", "/account", { name: "Acme" });
        const { period_started, ...summary } = await api.get(`/account/${id}/billingsummary`);
        assert.ok(Math.abs(Date.parse(period_started) - before) < 60_000);
        assert.deepEqual(summary, {
            enabled: false,
            provisioning: false,
            user: "olga@agency.example",
            meter_type: "none",
            outstanding_balance: 0,
            period_next: "",
            billing_portal: "",
            state: "active",
        });
        assert.deepEqual(await api.get(`/account/${id}/billinghistory`), []);
        const email = `${fresh("reader")}@agency.example`;
        const reader = await signUp(email);
        await api.must("POST", `/account/${id}/user`, { email, accountCapability: "readonly" });
        for (const path of ["billingsummary", "billinghistory"]) {
            const { status, json } = await reader.call("GET", `/account/${id}/${path}`);
            assert.equal(status, 403);
            assert.match(json.message, /^Admin privileges are required/);
        }
    });
});
