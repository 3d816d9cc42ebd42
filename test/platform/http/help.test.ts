import assert from "node:assert/strict";
import { onEveryPlatform } from "../../support/stores";

onEveryPlatform("help over HTTP", (platform) => {
    it("has title and content for what it knows", async () => {
        const { api } = platform();
        for (const topic of ["dns", "https", "origin", "environments", "git", "proxies", "cache", "outage"]) {
            const help = await api.get(`/help/${topic}`);
            assert.deepEqual(Object.keys(help), ["title", "content"]);
            assert.ok(help.title.length > 3 && help.content.length > 80, topic);
        }
        for (const topic of ["nothing", "toString", "DNS", "%00"]) {
            const { status, json } = await api.call("GET", `/help/${topic}`);
            assert.equal(status, 404, topic);
            assert.match(json.message, /^there is no help on /);
        }
    });
});
