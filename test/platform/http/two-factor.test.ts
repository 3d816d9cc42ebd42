import assert from "node:assert/strict";
import { Secret, TOTP } from "otpauth";
import { setTwoFactorRule } from "../../../platform/service/account-administration";
import { Api, basic } from "../../support/api";
import { asOperator } from "../../support/operator";
import { owner, type RunningPlatform, startPlatform } from "../../support/platform";
import { freshStoreOptions, storeKinds } from "../../support/stores";

const password = "correct horse battery";

/** The code that an app shows, now or some steps of time away. */
function codeOf(base32: string, steps = 0): string {
    return new TOTP({ secret: Secret.fromBase32(base32) }).generate({ timestamp: Date.now() + steps * 30_000 });
}

for (const kind of storeKinds) {
    describe(`two-factor authentication over ${kind}`, () => {
        let platform: RunningPlatform;
        let strict: { account: number; gitUrl: string };
        let lax: number;
        let app: string;
        const ask = async (method: string, path: string, { code, body }: { code?: string; body?: unknown } = {}) => {
            const headers = { ...basic(owner.email, password), ...(code && { "section-otp": code }) };
            const { status, json } = await new Api(platform.url, undefined).call(method, path, body, headers);
            return status === 200 ? 200 : `${status} ${json.code}`;
        };
        before(async function () {
            this.timeout(60_000);
            const options = await freshStoreOptions(kind);
            platform = await startPlatform(options);
            strict = await platform.api.makeSite("Strict", "www.strict.example");
            lax = (await platform.api.must("POST", "/account", { name: "Lax" })).id;
            await platform.setPassword(owner.email, password);
            await platform.close();
            await asOperator(options, (context) => setTwoFactorRule(context, strict.account, true));
            platform = await startPlatform(options);
        });
        after(() => platform.close());

        it("closes an account to passwords, but for machines' work, and closes what could open it", async () => {
            const at = `/account/${strict.account}`;
            const answers = await Promise.all([
                ask("GET", at),
                ask("POST", `${at}/user`, { body: { email: "a@b.example" } }),
                ask("GET", "/account/graph"),
                ask("POST", "/user/token", { body: { description: "a way around" } }),
                ask("POST", "/user", { body: { requires2fa: false } }),
                ask("GET", `${at}/domains`),
                ask("GET", `${at}/domain/www.strict.example/verifyEngaged`),
                ask("GET", `/account/${lax}`),
                ask("GET", "/account"),
                ask("GET", "/user"),
            ]);
            assert.deepEqual(answers, [...Array(5).fill("403 second-factor"), ...Array(5).fill(200)]);
            assert.equal((await platform.api.get(at)).requires_2fa, true);
            assert.deepEqual(
                (await platform.api.get("/account")).map((each: { requires_2fa: boolean }) => each.requires_2fa),
                [true, false],
            );
            const { requires2fa, enforce2fa } = await platform.api.get("/user");
            assert.deepEqual([requires2fa, enforce2fa], [false, true]);
        });

        it("leaves API tokens alone, and refuses passwords in git too", async () => {
            const path = new URL(strict.gitUrl).pathname;
            const refs = async (secret: string) => {
                const answer = await fetch(`${platform.url}${path}/info/refs?service=git-upload-pack`, {
                    headers: basic(owner.email, secret),
                });
                return `${answer.status} ${answer.status === 200 ? "" : await answer.text()}`;
            };
            assert.match(
                await refs(password),
                /^403 account \d+ requires two-factor authentication, and this is a password\. Use an API token/,
            );
            assert.equal(await refs(platform.token), "200 ");
        });

        it("is set up by the user, and a code opens what a password does not", async () => {
            const setUp = await new Api(platform.url, undefined).call(
                "POST",
                "/user/totp",
                undefined,
                basic(owner.email, password),
            );
            const { base32text, url, svg, png_data_uri, ...rest } = setUp.json;
            assert.ok(
                url.startsWith("otpauth://totp/") &&
                    url.includes(base32text) &&
                    svg.startsWith("<svg") &&
                    png_data_uri.startsWith("data:image/png;base64,"),
            );
            assert.deepEqual(rest, {});
            app = base32text;
            assert.equal(
                await ask("GET", `/account/${strict.account}`, { code: codeOf(base32text) }),
                "401 unauthenticated",
                "not before it is confirmed",
            );
            assert.equal(await ask("POST", "/user/totp/confirm", { body: { code: "000000" } }), "400 invalid-input");
            assert.equal(await ask("POST", "/user/totp/confirm", { body: { code: codeOf(base32text, -1) } }), 200);
            assert.equal(await ask("POST", "/user/totp"), "403 second-factor", "a password alone cannot replace it");
            const code = codeOf(base32text);
            assert.equal(await ask("POST", "/user", { code, body: { requires2fa: true } }), 200);
            assert.equal(
                await ask("GET", `/account/${strict.account}`, { code }),
                "401 unauthenticated",
                "each code once",
            );
            assert.equal((await platform.api.get("/user")).requires2fa, true);
            assert.equal(await ask("GET", `/account/${lax}`), "403 second-factor", "from now on everywhere");
        });

        it("is neither ended nor taken over by a token alone, but by a code beside it", async () => {
            const { base32text } = await platform.api.must("POST", "/user/totp");
            const off = { ...(await platform.api.get("/user")), requires2fa: false };
            const refused = [
                await platform.api.call("POST", "/user", off),
                await platform.api.call("POST", "/user", { email: "thief@elsewhere.example" }),
                await platform.api.call("POST", "/user/totp/confirm", { code: codeOf(base32text) }),
            ];
            for (const { status, json } of refused) assert.deepEqual([status, json.code], [403, "password-needed"]);
            const wrong = await platform.api.call("POST", "/user", off, { "section-otp": "000000" });
            assert.deepEqual([wrong.status, wrong.json.code], [401, "unauthenticated"]);
            // a step that no test before has used
            const beside = { "section-otp": codeOf(app, 1) };
            const ended = await platform.api.call("POST", "/user", off, beside);
            assert.deepEqual([ended.status, ended.json.requires2fa], [200, false], ended.text);
            assert.equal((await platform.api.call("GET", "/user", undefined, beside)).status, 200, "unused, unread");
        });
    });
}
