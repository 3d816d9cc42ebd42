import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import { hashPassword } from "../../../platform/auth/password";
import { authenticatePassword } from "../../../platform/auth/password-sign-in";
import { SecretBox } from "../../../platform/auth/secret-box";
import { makeTotpSecret, totpPurpose } from "../../../platform/auth/totp";
import { insertAccount, updateAccount } from "../../../platform/store/accounts";
import { insertMembership } from "../../../platform/store/memberships";
import { ensureUser, updateUserRow } from "../../../platform/store/users";
import { fresh, onEveryStore } from "../../support/stores";

const secrets = new SecretBox(randomBytes(32));
const password = "correct horse battery";
let hash: Promise<string> | undefined;

onEveryStore("signing in with a password", (store) => {
    let time = new Date("2026-01-01T10:00:00Z");
    const options = { addressWrongPasswordsPerHour: 0 };
    const parts = () => ({ database: store().database, secrets, now: () => time, options });
    const signIn = (email: string, typed: string, network = "192.0.2.1", code?: string) =>
        authenticatePassword(parts(), { email, password: typed, network, code });
    const makeUser = async () => {
        hash ??= hashPassword(password);
        const email = `${fresh("Who")}@agency.example`;
        const { user } = await ensureUser(store().database, {
            email,
            email_key: email.toLowerCase(),
            password_hash: await hash,
        });
        return user;
    };

    it("knows the user, and nobody else", async () => {
        const { id, email } = await makeUser();
        assert.deepEqual(await signIn(email.toUpperCase(), password), {
            userId: id,
            email,
            name: email,
            verified: false,
            scope: "write",
            via: "password",
            lacksSecondFactor: undefined,
        });
        assert.equal(await signIn(email, "wrong"), undefined);
        assert.equal(await signIn("nobody@agency.example", password), undefined);
        for (let count = 0; count < 10; count += 1)
            assert.equal(await signIn("section-token", "a mistyped token"), undefined, "and makes nobody wait");
    });

    it("treats an address that nobody has like one that somebody has", async () => {
        const { email } = await makeUser();
        const statusOf = (address: string, typed: string) =>
            signIn(address, typed, "192.0.2.9").then(String, (problem) => problem.code);
        for (const address of [email, `${fresh("nobody")}@agency.example`]) {
            const seen = [];
            for (let count = 0; count < 6; count += 1) seen.push(await statusOf(address, "wrong horse battery"));
            assert.deepEqual(seen, [...Array(5).fill("undefined"), "rate-limited"], address);
        }
        assert.equal(await statusOf(email, password), "rate-limited", "not even the right one, from there");
        assert.equal((await signIn(email, password, "192.0.2.10"))?.email, email);
        time = new Date(time.getTime() + 31_000);
        assert.equal((await signIn(email, password, "192.0.2.9"))?.email, email, "after the wait");
    });

    it("lets no more than the free ones through when a hundred come at once", async () => {
        const { email } = await makeUser();
        const answers = await Promise.allSettled(
            Array.from({ length: 90 }, () => signIn(email, "wrong horse battery", "192.0.2.20")),
        );
        const tried = answers.filter(({ status }) => status === "fulfilled").length;
        assert.ok(tried >= 5 && tried <= 6, `${tried} were tried`);
    });

    it("says what it lacks where a second factor is asked for, and nothing with a code, which counts once", async () => {
        const user = await makeUser();
        const { database } = store();
        const { base32 } = makeTotpSecret(user.email);
        const account = await insertAccount(database, "Strict", user.id);
        await insertMembership(database, account.id, user.id, "readonly");
        await updateUserRow(database, user.id, { totp_secret: secrets.seal(totpPurpose(user.id), base32) });
        const lack = async (code?: string) =>
            (await signIn(user.email, password, "192.0.2.30", code))?.lacksSecondFactor;
        assert.equal(await lack(), undefined);
        await updateAccount(database, account.id, { requires_2fa: true });
        assert.equal(await lack(), "in-some-accounts");
        await updateUserRow(database, user.id, { requires_2fa: true });
        assert.equal(await lack(), "everywhere");
        const codeAt = (date: Date) =>
            new TOTP({ secret: Secret.fromBase32(base32) }).generate({ timestamp: date.getTime() });
        assert.equal(await lack(codeAt(time)), undefined);
        await assert.rejects(
            lack(codeAt(time)),
            /the one-time code is wrong, too old or used\. Wait for the app's next code\./,
        );
        const both = await Promise.allSettled([1, 2].map(() => lack(codeAt(new Date(time.getTime() + 30_000)))));
        assert.deepEqual(
            both.map(({ status }) => status).sort(),
            ["fulfilled", "rejected"],
            "of two at once one counts",
        );
        await assert.rejects(lack(codeAt(time)), { code: "unauthenticated" }, "nor one from before");
    });

    it("a right password does not forgive wrong codes", async () => {
        const user = await makeUser();
        const { base32 } = makeTotpSecret(user.email);
        await updateUserRow(store().database, user.id, {
            totp_secret: secrets.seal(totpPurpose(user.id), base32),
            requires_2fa: true,
        });
        const seen: string[] = [];
        for (let count = 0; count < 7; count += 1) {
            seen.push(
                await signIn(user.email, password, `192.0.2.${40 + count}`, "000000").then(
                    String,
                    (problem) => problem.code,
                ),
            );
            assert.equal((await signIn(user.email, password, "192.0.2.60"))?.userId, user.id);
        }
        assert.deepEqual(seen, [...Array(5).fill("unauthenticated"), "rate-limited", "rate-limited"]);
        const { id } = await makeUser();
        await assert.rejects(
            signIn((await updateUserRow(store().database, id, {}))?.email as string, password, "192.0.2.1", "000000"),
            /has no authenticator app/,
        );
    });
});
