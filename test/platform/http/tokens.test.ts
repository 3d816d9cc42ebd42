import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { Api, basic } from "../../support/api";
import { fresh, onEveryPlatform } from "../../support/stores";

const password = "correct horse battery";

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
            expires_at: new Date(Date.now() + 1500).toISOString(),
        });
        assert.equal((await new Api(url, soon.token).call("GET", "/user")).status, 200);
        await new Promise((resolve) => setTimeout(resolve, 1600));
        assert.equal((await new Api(url, soon.token).call("GET", "/user")).status, 401);
    });

    it("made by a token alone end with it; made in person they last, and the user gets a mail", async () => {
        const { url, signUp, mailsTo } = platform();
        const email = `${fresh("maker")}@agency.example`;
        const token = await signUp(email, "write", password);
        const child = await token.must("POST", "/user/token", { description: "of a token" });
        assert.ok(Date.parse(child.expires_at) < Date.now() + 91 * 86_400_000);
        const endless = { description: "for ever", expires_at: "2200-01-01T00:00:00Z" };
        const refused = await token.call("POST", "/user/token", endless);
        assert.deepEqual([refused.status, refused.json.code], [403, "password-needed"]);
        const person = new Api(url, undefined);
        const made = await person.call("POST", "/user/token", { description: "mine" }, basic(email, password));
        assert.deepEqual([made.status, made.json.expires_at], [200, null]);
        assert.equal((await token.call("DELETE", `/user/token/${made.json.id}`)).json.code, "password-needed");
        const [first] = await token.get("/user/token");
        assert.equal((await token.call("DELETE", `/user/token/${first.id}`)).status, 204, "its own");
        assert.equal((await new Api(url, child.token).call("GET", "/user")).status, 401);
        assert.equal((await new Api(url, made.json.token).call("GET", "/user")).status, 200);
        const deadline = Date.now() + 10_000;
        let mails = await mailsTo(email);
        for (; mails.length < 2 && Date.now() < deadline; mails = await mailsTo(email)) await sleep(100);
        assert.deepEqual(
            mails.map(({ subject }) => subject),
            ["An API token was made", "An API token was made"],
        );
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
