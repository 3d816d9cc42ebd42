import assert from "node:assert/strict";
import { requireOwnForm } from "../../../platform/http/browser-session";
import { startPlatform } from "../../support/platform";
import { fresh, onEveryPlatform } from "../../support/stores";
import { Visitor } from "../../support/visitor";

const password = "correct horse battery staple";

onEveryPlatform("forms", (platform) => {
    it("of other sites and other browsers are refused, in and out", async () => {
        const { url } = platform();
        const email = `${fresh("form")}@agency.example`;
        await platform().signUp(email, "write", password);
        const visitor = new Visitor(url);
        const form = await visitor.get("/sign-in");
        const fields = { email, password, to: "/" };
        for (const origin of ["https://evil.example", "null", `${url}.evil.example`, ""]) {
            const refused = await visitor.post("/sign-in", form, fields, { origin });
            assert.deepEqual([refused.status, /sent from another site/.test(refused.text)], [403, true], origin);
        }
        assert.equal(
            (await visitor.send("/sign-in", { method: "POST", body: new URLSearchParams(fields) })).status,
            403,
            "no origin at all",
        );
        const thief = new Visitor(url);
        assert.equal((await thief.post("/sign-in", form, fields)).status, 403, "no cookie");
        await thief.get("/sign-in");
        assert.equal((await thief.post("/sign-in", form, fields)).status, 403, "the cookie of another form");
        assert.equal((await visitor.post("/sign-in", { ...form, text: "" }, fields)).status, 403, "no token");
        assert.equal(visitor.cookies.has("section-session"), false);

        await visitor.signIn({ email, password });
        const home = await visitor.get("/");
        assert.equal((await visitor.post("/sign-out", home, {}, { origin: "https://evil.example" })).status, 403);
        assert.equal((await visitor.post("/sign-out", form, {})).status, 403, "a token of another form");
        assert.equal((await visitor.get("/sign-out")).status, 404, "a link signs nobody out");
        assert.equal((await visitor.get("/")).status, 200, "still signed in");
    });
});

describe("forms without TLS", () => {
    it("may come from any name that the host was asked by", () => {
        const wire = { publicUrl: "http://127.0.0.1:8080", extensions: true, edgeDomain: "c.section.io" };
        const refusal = (origin: string, host: string, publicUrl = wire.publicUrl) => {
            const request = { headers: { origin, host }, cookies: {} } as never;
            try {
                requireOwnForm(request, { ...wire, publicUrl }, new URLSearchParams(), "form");
            } catch (error) {
                return (error as Error).message.includes("another site") ? "another site" : "no cookie";
            }
        };
        assert.equal(refusal("http://localhost:8080", "localhost:8080"), "no cookie");
        assert.equal(refusal("http://127.0.0.1:8080", "behind-a-proxy"), "no cookie");
        assert.equal(refusal("http://localhost:8080", "localhost:8081"), "another site");
        assert.equal(
            refusal("http://section.agency.example", "section.agency.example", "https://section.agency.example"),
            "another site",
            "with TLS only the one",
        );
    });
});

describe("signing in over https", () => {
    it("keeps cookies for that host and TLS only, and takes forms of that address only", async () => {
        const platform = await startPlatform({ publicUrl: "https://section.agency.example/" });
        try {
            const visitor = new Visitor(platform.url);
            const form = await visitor.get("/sign-in");
            assert.match(
                form.headers.getSetCookie().join(),
                /^__Host-section-form=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
            );
            assert.equal((await visitor.post("/sign-in", form, { token: platform.token, to: "/" })).status, 403);
            const done = await visitor.post(
                "/sign-in",
                form,
                { token: platform.token, to: "/" },
                { origin: "https://section.agency.example" },
            );
            assert.equal(done.status, 303);
            assert.match(
                done.headers.getSetCookie().join(),
                /__Host-section-session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax/,
            );
            assert.equal((await visitor.get("/")).status, 200);
        } finally {
            await platform.close();
        }
    });
});
