import assert from "node:assert/strict";
import { fresh, onEveryPlatform } from "../../support/stores";

onEveryPlatform("hostnames over HTTP", (platform) => {
    it("are taken or free, in any spelling", async () => {
        const { api } = platform();
        const hostname = `${fresh("known")}.acme.example`;
        assert.deepEqual(await api.get(`/hostname/${hostname}`), { hostname, taken: false });
        await api.makeSite("Acme", hostname);
        assert.deepEqual(await api.get(`/hostname/${hostname.toUpperCase()}.`), { hostname, taken: true });
        assert.equal((await api.call("GET", "/hostname/nodots")).status, 400);
    });
});
