import assert from "node:assert/strict";
import { startPlatform } from "../../support/platform";
import { onEveryPlatform } from "../../support/stores";
import { Visitor, visitorWith } from "../../support/visitor";

onEveryPlatform("what pages are sent with", (platform) => {
    it("keeps them private, unframed and without scripts, whatever the answer is", async () => {
        const signedIn = await visitorWith(platform().url, platform().token);
        const anonymous = new Visitor(platform().url);
        const answers = [
            await signedIn.get("/"),
            await signedIn.get("/account/4711"),
            await anonymous.get("/"),
            await anonymous.get("/sign-in"),
            await anonymous.signIn({ token: "x" }),
        ];
        assert.deepEqual(
            answers.map(({ status }) => status),
            [200, 404, 303, 200, 401],
        );
        for (const { headers } of answers) {
            assert.equal(
                headers.get("content-security-policy"),
                "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
            );
            assert.equal(headers.get("x-content-type-options"), "nosniff");
            assert.equal(headers.get("referrer-policy"), "same-origin");
            assert.equal(headers.get("cache-control"), "no-store");
            assert.equal(headers.get("www-authenticate"), null);
            assert.match(headers.get("aperture-tx-id") ?? "", /^\d{12}\.\d{6}$/);
        }
        for (const { text } of answers) assert.doesNotMatch(text, /<script|style=|\son\w+=/);
    });

    it("of a clone URL is the way to its site", async () => {
        const { account, application } = await platform().api.makeSite("Clone", "clone-page.acme.example");
        const visitor = new Visitor(platform().url);
        const { status, location } = await visitor.get(
            `/account/${account}/application/${application}/clone-page.acme.example.git`,
        );
        assert.deepEqual([status, location], [303, `/account/${account}/application/${application}`]);
        assert.equal((await visitor.get(`/account/${account}/application/${application}/other`)).status, 404);
    });
});

describe("a platform of pure v1", () => {
    it("has no pages", async () => {
        const platform = await startPlatform({ extensions: false });
        try {
            const visitor = new Visitor(platform.url);
            for (const address of ["/", "/sign-in", "/account/1"])
                assert.equal((await visitor.get(address)).status, 404, address);
        } finally {
            await platform.close();
        }
    });
});
