import assert from "node:assert/strict";
import { fresh, onEveryPlatform, sharedNames } from "../../support/stores";

onEveryPlatform("origins over HTTP", (platform) => {
    const nothing = {
        hostname_bare: false,
        hostname_duplicate: false,
        origin_detected: false,
        origin: "",
        origin_fixed: false,
        origin_lookup: "",
        origin_multiple: false,
        origin_hint: "",
        thirdparty_detected: false,
        thirdparty_name: "",
        origin_app_name: "",
    };

    it("tell what is known of a hostname, in every field", async () => {
        const { api } = platform();
        const hostname = `${fresh("orig")}.acme.example`;
        const ask = () => api.get(`/origin?hostName=${hostname.toUpperCase()}.`);
        assert.deepEqual(await ask(), { hostname, ...nothing });
        sharedNames.set(hostname, { A: ["192.0.2.1"] });
        const found = {
            hostname,
            ...nothing,
            origin_detected: true,
            origin: "192.0.2.1",
            origin_fixed: true,
            origin_lookup: "192.0.2.1",
        };
        assert.deepEqual(await ask(), found);
        sharedNames.set(hostname, "acme.myshopify.com").set("acme.myshopify.com", { A: ["192.0.2.4", "192.0.2.3"] });
        const { origin_hint, ...shop } = await ask();
        assert.match(origin_hint, /Shopify/);
        const { origin_hint: _, ...expected } = found;
        assert.deepEqual(shop, {
            ...expected,
            origin: "acme.myshopify.com",
            origin_fixed: false,
            origin_lookup: "192.0.2.3",
            origin_multiple: true,
            thirdparty_detected: true,
            thirdparty_name: "Shopify",
        });
        assert.equal((await api.get("/origin?hostName=acme.example")).hostname_bare, true);
        await api.makeSite("Acme", hostname);
        const { hostname_duplicate, origin_app_name } = await ask();
        assert.deepEqual([hostname_duplicate, origin_app_name], [true, hostname]);
        const stranger = await platform().signUp(`${fresh("stranger")}@elsewhere.example`);
        assert.equal((await stranger.get(`/origin?hostName=${hostname}`)).origin_app_name, "");
    });

    it("of no hostname, or of what is none, are 400 with the reason", async () => {
        const { api } = platform();
        const refusal = async (query: string) => {
            const { status, json } = await api.call("GET", `/origin${query}`);
            return `${status} ${json.message}`;
        };
        assert.match(await refusal(""), /^400 hostName is missing; write \?hostName=www\.acme\.example/);
        assert.match(await refusal("?hostName="), /^400 hostName "" is empty/);
        assert.match(await refusal("?hostName=http://x.example"), /^400 .*scheme/);
        assert.match(await refusal("?hostName=a.example&hostName=b.example"), /^400 hostName /);
    });
});
