import assert from "node:assert/strict";
import { Api, basic } from "../../support/api";
import { startPlatform } from "../../support/platform";
import { fresh, onEveryPlatform } from "../../support/stores";

const password = "correct horse battery";

onEveryPlatform("becoming a user over HTTP", (platform) => {
    const anybody = () => new Api(platform().url, undefined);
    const address = () => `${fresh("new")}@agency.example`;
    const tokenFor = async (email: string) => (await platform().mailsTo(email)).at(-1)?.token ?? "";

    it("a registration, its mail and the link in it make somebody who can set up an application", async () => {
        const email = address();
        const registered = await anybody().call("POST", "/public/register", {
            email,
            firstname: "Ada",
            lastname: "Lovelace",
            password,
            companyname: "Engines",
            phonenumber: "+13125550690",
            source: "magento",
        });
        assert.deepEqual([registered.status, registered.json], [200, { success: true }]);
        const signedIn = basic(email, password);
        const me = await anybody().call("GET", "/user", undefined, signedIn);
        assert.deepEqual([me.json.verified, me.json.company_name], [false, "Engines"]);
        const refused = await anybody().call("POST", "/account", { name: "Too early" }, signedIn);
        assert.deepEqual([refused.status, refused.json.code], [403, "unverified"]);
        assert.match(
            refused.json.message,
            /^validate your email first: .* is not verified\. Follow the link in the mail; POST \/user\/resendverification/,
        );
        const create = { name: "Early", hostname: `${fresh("early")}.acme.example`, origin: "192.0.2.1" };
        assert.equal((await anybody().call("POST", "/account/create", create, signedIn)).json.code, "unverified");
        assert.equal(
            (await anybody().call("POST", "/user/token", { description: "x" }, signedIn)).json.code,
            "unverified",
        );
        assert.deepEqual((await anybody().call("GET", "/account", undefined, signedIn)).json, []);
        const again = await anybody().call("POST", "/user/resendverification", undefined, signedIn);
        assert.deepEqual(
            [again.json.success, again.json.message],
            [true, `a mail with a link is on its way to ${email}`],
        );
        const accepted = await anybody().call("POST", "/public/accept", { token: await tokenFor(email), password });
        assert.deepEqual([accepted.status, accepted.json], [200, { success: true, email }]);
        assert.equal((await anybody().call("POST", "/account/create", create, signedIn)).status, 200);
        assert.match(
            (await anybody().call("POST", "/user/resendverification", undefined, signedIn)).json.message,
            /is verified already$/,
        );
    });

    it("an invitation lets in who follows its link, once", async () => {
        const { api, mailsTo } = platform();
        const { id } = await api.must("POST", "/account", { name: "Acme" });
        const email = address();
        await api.must("POST", `/account/${id}/user`, { email, first_name: "Jane", accountCapability: "readonly" });
        const [mail] = await mailsTo(email);
        assert.ok(mail !== undefined);
        assert.ok(mail.link?.startsWith(`${platform().url}/public/accept#`) && mail.text.includes('"Acme"'));
        assert.equal(mail.mode, 0o600);
        const look = () => anybody().call("POST", "/public/link", { token: mail.token });
        const seen = { email, firstname: "Jane", lastname: "", accounts: [{ id, account_name: "Acme" }] };
        assert.deepEqual((await look()).json, seen);
        assert.deepEqual((await look()).json, seen, "looking uses nothing up");
        const accept = (changes: object = {}) =>
            anybody().call("POST", "/public/accept", { token: mail.token, password, lastname: "Doe", ...changes });
        assert.equal((await accept({ password: "short" })).status, 400);
        assert.equal((await accept({ password: undefined })).status, 400);
        assert.equal((await accept({ lastname: "a\nb" })).status, 400);
        assert.equal((await accept()).status, 200);
        const dead = [await accept(), await accept({ token: "never was one" }), await accept({ token: "" })].map(
            ({ status, text }) => [status, text],
        );
        assert.deepEqual(dead, Array(3).fill(dead[0]));
        assert.equal(dead[0]?.[0], 404);
        assert.equal((await look()).status, 404);
        const jane = basic(email, password);
        const me = (await anybody().call("GET", "/user", undefined, jane)).json;
        assert.deepEqual([me.first_name, me.last_name, me.verified], ["Jane", "Doe", true]);
        assert.equal((await anybody().call("GET", `/account/${id}`, undefined, jane)).status, 200);
        assert.ok(
            (await api.get(`/account/${id}/user`)).some(
                (each: { email: string; status: string }) => each.email === email && each.status === "active",
            ),
        );
    });

    it("a known address gets the same answer as a new one, byte by byte", async () => {
        const { signUp } = platform();
        const known = address();
        await signUp(known);
        const register = async (email: string) => {
            const { status, text, headers } = await anybody().call("POST", "/public/register", { email, password });
            return [status, text, headers.get("content-length"), headers.get("retry-after")];
        };
        assert.deepEqual(await register(known), await register(address()));
    });

    it("a failure lists its reasons, and has a message as every failure", async () => {
        const { status, json } = await anybody().call("POST", "/public/register", {
            email: 7,
            password: "short",
            firstname: "x".repeat(300),
        });
        assert.equal(status, 400);
        assert.deepEqual(json.errors, [
            "email must be an e-mail address",
            "password must have 10 to 256 characters",
            "firstname is longer than 255 characters",
        ]);
        assert.ok(json.message.startsWith(json.errors.join("; ")));
        const nobody = await anybody().call("POST", "/public/register", { email: "nobody", password });
        assert.deepEqual([nobody.status, nobody.json.errors], [400, [nobody.json.message]]);
        assert.deepEqual((await anybody().call("POST", "/public/register", "{")).json.errors.length, 1);
        assert.equal((await anybody().call("GET", "/public/register")).status, 405);
    });

    it("another e-mail address counts after its link, followed by its user", async () => {
        const { signUp, mailsTo } = platform();
        const user = await signUp(address(), "write", password);
        const stranger = await signUp(address());
        const before = await user.get("/user");
        const email = address();
        const wanted = { ...before, email };
        assert.equal(
            (await user.call("POST", "/user", wanted)).json.code,
            "password-needed",
            "a token may be a thief's",
        );
        const begun = await anybody().call("POST", "/user", wanted, basic(before.email, password));
        assert.deepEqual(begun.json, before);
        const body = { token: await tokenFor(email) };
        assert.equal((await anybody().call("POST", "/public/verify", body)).status, 401);
        assert.equal((await stranger.call("POST", "/public/verify", body)).status, 404);
        assert.equal((await user.must("POST", "/public/verify", body)).email, email);
        assert.equal((await user.get("/user")).email, email);
        const told = (await mailsTo(before.email)).map(({ subject }) => subject);
        assert.ok(told.includes("Your e-mail address has changed"), `${told}`);
    });
});

describe("a platform as it comes", () => {
    it("takes no registrations, with the reason, and takes invitations without extensions too", async () => {
        const platform = await startPlatform({ extensions: false });
        try {
            const nobody = new Api(platform.url, undefined);
            const { status, json } = await nobody.call("POST", "/public/register", {
                email: "ada@agency.example",
                password,
            });
            const message = "this platform takes no registrations. Ask an admin of an organization for an invitation.";
            assert.deepEqual([status, json], [403, { message, errors: [message] }]);
            const created = await platform.api.must("POST", "/account/create", {
                name: "Acme",
                hostname: "www.acme.example",
                origin: "192.0.2.1",
            });
            await platform.api.must("POST", `/account/${created.id}/user`, { email: "jane@agency.example" });
            const [mail] = await platform.mailsTo("jane@agency.example");
            assert.equal((await nobody.call("POST", "/public/accept", { token: mail?.token, password })).status, 200);
        } finally {
            await platform.close();
        }
    });
});
