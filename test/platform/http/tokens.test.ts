import assert from "node:assert/strict";
import { Api } from "../../support/api";
import { fresh, onEveryPlatform } from "../../support/stores";

onEveryPlatform("tokens over HTTP", (platform) => {
    it("are shown once, work in every carrier, and end at once", async () => {
        const { url, signUp } = platform();
        const user = await signUp(`${fresh("tok")}@agency.example`);
        const made = await user.must("POST", "/user/token", { description: "laptop" });
        const listed = await user.get("/user/token");
        assert.ok(listed.every((each: object) => !("token" in each)));
        const bare = new Api(url, undefined);
        const basic = (name: string) => ({
            authorization: `Basic ${Buffer.from(`${name}:${made.token}`).toString("base64")}`,
        });
        const ways = () =>
            Promise.all([
                new Api(url, made.token).call("GET", "/user"),
                bare.call("GET", `/user?access_token=${made.token}`),
                bare.call("GET", "/user", undefined, basic("anything")),
                bare.call("GET", "/user", undefined, basic("")),
            ]);
        assert.deepEqual(
            (await ways()).map(({ status }) => status),
            [200, 200, 200, 401],
        );
        assert.equal((await user.call("DELETE", `/user/token/${made.id}`)).status, 204);
        assert.deepEqual(
            (await ways()).map(({ status }) => status),
            [401, 401, 401, 401],
        );
    });

    it("of scope read change nothing; expired ones are nobody's", async () => {
        const { url, signUp } = platform();
        const reader = await signUp(`${fresh("read")}@agency.example`, "read");
        assert.equal((await reader.call("GET", "/user")).status, 200);
        const refused = await reader.call("POST", "/account", { name: "x" });
        assert.deepEqual([refused.status, refused.json.code], [403, "forbidden"]);
        const user = await signUp(`${fresh("exp")}@agency.example`);
        assert.equal(
            (await user.call("POST", "/user/token", { description: "x", expires_at: "2001-01-01T00:00:00Z" })).status,
            400,
        );
        const soon = await user.must("POST", "/user/token", {
            description: "x",
            expires_at: new Date(Date.now() + 600).toISOString(),
        });
        assert.equal((await new Api(url, soon.token).call("GET", "/user")).status, 200);
        await new Promise((resolve) => setTimeout(resolve, 700));
        assert.equal((await new Api(url, soon.token).call("GET", "/user")).status, 401);
    });

    it("one user cannot see or end another's", async () => {
        const { signUp } = platform();
        const one = await signUp(`${fresh("one")}@agency.example`);
        const two = await signUp(`${fresh("two")}@agency.example`);
        const { id } = await one.must("POST", "/user/token", { description: "mine" });
        assert.equal((await two.call("DELETE", `/user/token/${id}`)).status, 404);
        assert.ok((await one.get("/user/token")).some((token: { id: string }) => token.id === id));
    });
});
