import assert from "node:assert/strict";
import { destinationOf } from "../../../platform/http/sign-in";
import { fresh, onEveryPlatform } from "../../support/stores";
import { Visitor, visitorWith } from "../../support/visitor";

const password = "correct horse battery staple";

onEveryPlatform("signing in to the pages", (platform) => {
    async function makePerson() {
        const email = `${fresh("person")}@agency.example`;
        const api = await platform().signUp(email, "write", password);
        return { email, api };
    }

    it("leads whoever is not signed in to the form, and from there to where they wanted to go", async () => {
        const { email } = await makePerson();
        const visitor = new Visitor(platform().url);
        assert.equal((await visitor.get("/")).location, "/sign-in");
        const sent = await visitor.get("/account/4711?page=2");
        assert.deepEqual([sent.status, sent.location], [303, "/sign-in?to=%2Faccount%2F4711%3Fpage%3D2"]);
        const form = await visitor.get(sent.location as string);
        const to = /name="to" value="([^"]*)"/.exec(form.text)?.[1];
        assert.equal(to, "/account/4711?page=2");
        const done = await visitor.post("/sign-in", form, { email, password, to });
        assert.deepEqual([done.status, done.location], [303, to]);
        const home = await visitor.get("/");
        assert.equal(home.status, 200);
        assert.match(home.text, new RegExp(`title="${email}"`));
        assert.equal((await visitor.signOut()).location, "/sign-in");
        assert.equal((await visitor.get("/")).status, 303);
    });

    it("keeps the secret where scripts and other sites do not get it, and one session a browser", async () => {
        const { email } = await makePerson();
        const visitor = new Visitor(platform().url);
        const { headers, text } = await visitor.signIn({ email, password });
        const [session] = headers.getSetCookie().filter((line) => line.startsWith("section-session="));
        assert.match(session ?? "", /^section-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
        assert.equal(text, "");
        const secret = visitor.cookies.get("section-session") as string;
        assert.ok(!(await visitor.get("/")).text.includes(secret));
        await visitor.signIn({ email, password });
        const stale = new Visitor(platform().url);
        stale.cookies.set("section-session", secret);
        assert.equal((await stale.get("/")).status, 303, "signing in again ends the session before");
    });

    it("shows the form again for wrong credentials, with the reason, without a popup, and says the same of who does not exist", async () => {
        const { email } = await makePerson();
        const visitor = new Visitor(platform().url);
        const wrong = await visitor.signIn({ email, password: "wrong-password" });
        assert.equal(wrong.status, 401);
        assert.match(wrong.text, /role="alert">this e-mail address and password do not belong together/);
        assert.equal(wrong.headers.get("www-authenticate"), null);
        const nobody = await visitor.signIn({ email: email.replace("person", "nobody"), password });
        assert.equal(nobody.text.replaceAll("nobody", "person"), wrong.text);
        assert.ok(!wrong.text.includes("wrong-password"));
        const token = await visitor.signIn({ token: "section_0123456789abcdef_x" });
        assert.deepEqual([token.status, /this API token is not valid/.test(token.text)], [401, true]);
        assert.equal((await visitor.get("/")).status, 303);
        const again = await visitor.post("/sign-in", wrong, { email, password });
        assert.equal(again.status, 303, "and the form that is shown again works");
    });

    it("makes whoever tries too often wait", async () => {
        const { email } = await makePerson();
        const visitor = new Visitor(platform().url);
        for (let count = 0; count < 5; count += 1)
            assert.equal((await visitor.signIn({ email, password: "wrong-password" })).status, 401);
        const limited = await visitor.signIn({ email, password });
        assert.equal(limited.status, 429);
        assert.match(limited.headers.get("retry-after") ?? "", /^(30|[12]?\d)$/);
        assert.match(limited.text, /role="alert">the passwords for this user from this network were wrong too often/);
    });

    it("with a token ends with the token", async () => {
        const { api } = await makePerson();
        const { token, id } = await api.must("POST", "/user/token", { description: "browser", scope: "read" });
        const visitor = await visitorWith(platform().url, token);
        assert.equal((await visitor.get("/")).status, 200);
        await api.must("DELETE", `/user/token/${id}`);
        assert.equal((await visitor.get("/")).location, "/sign-in");
    });

    it("reads no form that is larger than any", async () => {
        const visitor = new Visitor(platform().url);
        const form = await visitor.get("/sign-in");
        assert.equal((await visitor.post("/sign-in", form, { email: "x".repeat(20_000), password })).status, 413);
        for (const body of ["", "%", "a=%ff", "\0", "{}"]) {
            const { status } = await visitor.send("/sign-in", {
                method: "POST",
                body,
                headers: { origin: platform().url },
            });
            assert.equal(status, 403, JSON.stringify(body));
        }
    });
});

describe("where to go after signing in", () => {
    it("is a page of this platform, whatever the address says", () => {
        for (const text of ["/account/1?page=2", "/account/1/domain/a.example"])
            assert.equal(destinationOf(text), text);
        for (const text of [
            undefined,
            "",
            "account",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/.//evil.example",
            "/\t/evil.example",
            "javascript:alert(1)",
            "//",
        ])
            assert.equal(destinationOf(text), "/", String(text));
        assert.equal(destinationOf("/a\r\nset-cookie: x"), "/aset-cookie:%20x");
    });
});
