import assert from "node:assert/strict";
import { fresh, onEveryPlatform } from "../../support/stores";

onEveryPlatform("DNS bypass over HTTP", (platform) => {
    it("shows the address of the origin while it is on, in every summary", async () => {
        const { api } = platform();
        const { account, application } = await api.makeSite("Acme", `${fresh("bypass")}.acme.example`);
        const root = `/account/${account}/application/${application}/environment`;
        const at = `${root}/Production`;
        const addresses = async () => [
            (await api.get(at)).dns_bypass_address,
            (await api.get(root))[0].dns_bypass_address,
        ];
        assert.ok(!("dns_bypass_address" in (await api.get(at))));
        for (let times = 0; times < 2; times += 1) {
            const { status, text, headers } = await api.call("POST", `${at}/dnsbypass`);
            assert.deepEqual([status, text, headers.get("content-length")], [200, "", "0"]);
            assert.deepEqual(await addresses(), ["origin.example.net", "origin.example.net"]);
        }
        await api.must("POST", `${at}/egress`, { origins: { default: { address: "192.0.2.7" } } });
        assert.deepEqual(await addresses(), ["192.0.2.7", "192.0.2.7"], "it follows the origin");
        for (let times = 0; times < 2; times += 1) {
            const { status, text } = await api.call("DELETE", `${at}/dnsbypass`);
            assert.deepEqual([status, text], [200, ""]);
            assert.deepEqual(await addresses(), [undefined, undefined]);
        }
    });

    it("is for admins, and of an environment that exists", async () => {
        const { api, signUp } = platform();
        const { account, application } = await api.makeSite("Acme", `${fresh("bypass")}.acme.example`);
        const at = `/account/${account}/application/${application}/environment/Production`;
        const email = `${fresh("state")}@agency.example`;
        const operator = await signUp(email);
        await api.must("POST", `/account/${account}/user`, { email, accountCapability: "state" });
        for (const method of ["POST", "DELETE"]) {
            assert.equal((await operator.call(method, `${at}/dnsbypass`)).status, 403);
            assert.equal((await api.call(method, `${at.replace("Production", "Nowhere")}/dnsbypass`)).status, 404);
        }
    });
});
