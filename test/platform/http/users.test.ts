import assert from "node:assert/strict";
import { fresh, onEveryPlatform } from "../../support/stores";

onEveryPlatform("users over HTTP", (platform) => {
    it("see and change their own details only", async () => {
        const { signUp } = platform();
        const email = `${fresh("ada")}@lovelace.example`;
        const ada = await signUp(email);
        const before = await ada.get("/user");
        assert.deepEqual(
            [before.email, before.verified, before.requires2fa, before.email_hash.length],
            [email, true, false, 32],
        );
        const after = await ada.must("POST", "/user", {
            last_name: "Lovelace",
            id: 1,
            email: email.toUpperCase(),
        });
        assert.deepEqual({ ...before, last_name: "Lovelace" }, after, "nothing else has changed");
    });

    it("take the whole user back, and change of it what is theirs", async () => {
        const { signUp, mailsTo } = platform();
        const email = `${fresh("whole")}@lovelace.example`;
        const ada = await signUp(email);
        const before = await ada.get("/user");
        assert.deepEqual(await ada.must("POST", "/user", before), before);
        const after = await ada.must("POST", "/user", {
            ...before,
            verified: false,
            enforce2fa: true,
            can_edit_profile: false,
            phone_number: "+1",
        });
        assert.deepEqual(after, { ...before, phone_number: "+1" });
        assert.deepEqual(await mailsTo(email), []);
        for (const [body, pattern] of [
            [{ first_name: "a\nb" }, /^first_name must not have control characters/],
            [{ requires2fa: "yes" }, /^requires2fa must be true or false/],
            [
                { requires2fa: true },
                /^requires2fa needs an authenticator app, and this user has none\. POST \/user\/totp, then confirm/,
            ],
            [{ email: "nobody" }, /^email must be an e-mail address/],
        ] as const) {
            const { status, json } = await ada.call("POST", "/user", body);
            assert.equal(status, 400);
            assert.match(json.message, pattern);
        }
    });

    it("find no identity provider to link to, and clear their own cache only", async () => {
        const { signUp } = platform();
        const ada = await signUp(`${fresh("link")}@lovelace.example`);
        const answers = await Promise.all(
            [{ payload: "x" }, {}, { payload: 1 }, { payload: "x", more: 1 }].map((body) =>
                ada.call("POST", "/user/linkexternal", body),
            ),
        );
        for (const { status, json } of answers) assert.ok(status === 400 && json.message !== "", json.message);
        assert.match(
            answers[0]?.json.message,
            /of no identity provider that this platform knows\. Sign in with a password or an API token\.$/,
        );
        const { id } = await ada.get("/user");
        assert.deepEqual((await ada.call("POST", `/user/${id}/cache`)).status, 200);
        const other = await ada.call("POST", `/user/${id + 1}/cache`);
        assert.deepEqual([other.status, other.json.code], [403, "forbidden"]);
        assert.match(other.json.message, /^Admin privileges are required/);
    });
});
