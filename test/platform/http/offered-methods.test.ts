import assert from "node:assert/strict";
import { OfferedMethods } from "../../../platform/http/offered-methods";
import { onEveryPlatform } from "../../support/stores";

const offered = new OfferedMethods([
    { method: "GET", path: "/account/:id" },
    { method: "DELETE", path: "/account/:id" },
    { method: "POST", path: "/account/create" },
    { method: "GET", path: "/account/:id/part/" },
    { method: "GET", path: "/v1.json" },
]);

describe("the methods that are offered", () => {
    it("are those of the word where a parameter fits too, with what comes by itself", () => {
        assert.equal(offered.allowAt("/account/7"), "DELETE, GET, HEAD, OPTIONS");
        assert.equal(offered.allowAt("/account/create"), "OPTIONS, POST");
        assert.equal(offered.allowAt("/account/7/part"), "GET, HEAD, OPTIONS");
        assert.equal(offered.allowAt("/account/7/part/"), "GET, HEAD, OPTIONS");
        assert.equal(offered.allowAt("//account//create"), "OPTIONS, POST");
        assert.equal(offered.allowAt("/v1-json"), undefined);
    });

    it("leave out what a router takes for a parameter", () => {
        assert.deepEqual(offered.mistakable(), [
            { method: "GET", path: "/account/create" },
            { method: "DELETE", path: "/account/create" },
        ]);
    });
});

onEveryPlatform("a method that is not offered", (platform) => {
    it("is 405 and names those that are, whatever the method and the address", async () => {
        const { api } = platform();
        for (const [method, path, allow] of [
            ["GET", "/account/create", "OPTIONS, POST"],
            ["DELETE", "/account/create", "OPTIONS, POST"],
            ["POST", "/account/graph", "GET, HEAD, OPTIONS"],
            ["GET", "/account/1/application/create", "OPTIONS, POST"],
            ["PUT", "/account/1", "DELETE, GET, HEAD, OPTIONS, PATCH"],
            ["PUT", "//account//1", "DELETE, GET, HEAD, OPTIONS, PATCH"],
            ["QUERY", "/account", "GET, HEAD, OPTIONS, POST"],
        ] as const) {
            const { status, headers, json } = await api.call(method, path);
            assert.deepEqual([status, headers.get("allow")], [405, allow], `${method} ${path}`);
            assert.match(json.message, /is not offered here/);
        }
    });
});
