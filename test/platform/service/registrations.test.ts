import assert from "node:assert/strict";
import type { Caller } from "../../../platform/auth/caller";
import { isPassword } from "../../../platform/auth/password";
import { authenticatePassword } from "../../../platform/auth/password-sign-in";
import { listAccounts } from "../../../platform/service/accounts";
import { inviteMember } from "../../../platform/service/invitations";
import { removeMember } from "../../../platform/service/memberships";
import { acceptLink, type Registration, register, resendVerification } from "../../../platform/service/registrations";
import { addUser, requireUser } from "../../../platform/service/users";
import { mailsTo, makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

const password = "correct horse battery";
const registration = (email: string, changes: Partial<Registration> = {}): Registration => ({
    email,
    password,
    firstName: "Ada",
    lastName: "Lovelace",
    companyName: "Acme",
    phoneNumber: "1",
    ...changes,
});
const newAddress = () => `${fresh("reg")}@agency.example`;
const tokenFor = async (email: string) => (await mailsTo(email)).at(-1)?.token ?? "";

describe("registration", () => {
    it("makes an unverified user, who is nobody until they follow the link and choose the password", async () => {
        const context = await sharedContext();
        const email = newAddress();
        await register(context, registration(email), fresh("network"));
        const { id, verified, first_name, company_name } = await requireUser(context, email);
        assert.deepEqual([verified, first_name, company_name], [false, "Ada", "Acme"]);
        const { store, secrets, now, options } = context;
        const signIn = (typed: string) =>
            authenticatePassword(
                { database: store.database, secrets, now, options },
                { email, password: typed, network: fresh("n") },
            );
        const caller = (await signIn(password)) as Caller;
        assert.deepEqual([caller.userId, caller.verified], [id, false]);
        const user = await acceptLink(context, {
            token: await tokenFor(email),
            password: "another horse battery",
            lastName: "King",
        });
        assert.deepEqual([user.id, user.verified, user.first_name, user.last_name], [id, true, "Ada", "King"]);
        assert.equal(await signIn(password), undefined, "whoever registered need not be who reads the mail");
        assert.equal((await signIn("another horse battery"))?.verified, true);
    });

    it("writes nothing into the mail that the registering stranger typed", async () => {
        const context = await sharedContext();
        const email = newAddress();
        await register(
            context,
            registration(email, { firstName: "Cheap pills at http://pills.example", companyName: "Pills" }),
            fresh("network"),
        );
        const [mail] = await mailsTo(email);
        assert.ok(mail !== undefined && !/pills/i.test(mail.raw + mail.text));
        assert.ok(!mail.raw.includes(password) && !mail.text.includes(password));
    });

    it("of a known address changes nothing, tells the caller nothing and the owner something", async () => {
        const context = await sharedContext();
        const { caller } = await makeMember(context);
        assert.equal(
            await register(
                context,
                registration(caller.email.toUpperCase(), { firstName: "Mallory" }),
                fresh("network"),
            ),
            undefined,
        );
        const user = await requireUser(context, caller.email);
        assert.deepEqual([user.first_name, user.password_hash], ["Mina", null]);
        const [mail] = await mailsTo(caller.email);
        assert.deepEqual([mail?.subject, mail?.link], ["You are registered already", undefined]);
        const waiting = newAddress();
        await register(context, registration(waiting), fresh("network"));
        await register(context, registration(waiting, { password: "mallory's own words" }), fresh("network"));
        assert.ok(
            await isPassword((await requireUser(context, waiting)).password_hash, password),
            "the first one's password stays",
        );
        assert.equal((await mailsTo(waiting)).length, 2, "and the address can still be verified by its owner");
    });

    it("is limited for one network and for one address, and off unless the operator wants it", async () => {
        const context = await sharedContext();
        const network = fresh("network");
        for (let count = 0; count < 10; count += 1) await register(context, registration(newAddress()), network);
        await assert.rejects(
            register(context, registration(newAddress()), network),
            /registrations from this network: more than 10 an hour \(the platform's setting addressRegistrationsPerHour\)\. Please wait/,
        );
        const email = newAddress();
        for (let count = 0; count < 12; count += 1) await register(context, registration(email), fresh("network"));
        assert.equal((await mailsTo(email)).length, 5, "beyond that the answer is the same and no mail goes out");
        const closed = { ...context, options: { ...context.options, registration: false } };
        await assert.rejects(register(closed, registration(newAddress()), fresh("network")), { code: "forbidden" });
        await assert.rejects(register(context, registration("nobody"), fresh("network")), {
            code: "invalid-input",
            property: "email",
        });
    });
});

describe("a mailed link", () => {
    it("works once, at the same time too, and any other link of the user is void with it", async () => {
        const context = await sharedContext();
        const owner = await makeMember(context);
        const email = newAddress();
        await inviteMember(context, owner, { email });
        await inviteMember(context, owner, { email });
        const [first, second] = await mailsTo(email);
        const dead = { code: "not-found", message: "this link is unknown, too old or used. Ask for another mail." };
        await assert.rejects(acceptLink(context, { token: first?.token ?? "", password: "short" }), {
            code: "invalid-input",
        });
        const both = await Promise.allSettled(
            [1, 2].map(() => acceptLink(context, { token: first?.token ?? "", password })),
        );
        assert.deepEqual(both.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
        for (const token of [first?.token ?? "", second?.token ?? "", "never was one"])
            await assert.rejects(acceptLink(context, { token, password }), dead);
    });

    it("is void after 48 hours, renewed by another invitation, and taken back with the last membership", async () => {
        const context = await sharedContext();
        const owner = await makeMember(context);
        const email = newAddress();
        const at = (hours: number) => ({
            ...context,
            now: () => new Date(Date.parse("2026-01-01T10:00:00Z") + hours * 3_600_000),
        });
        const { member } = await inviteMember(at(0), owner, { email });
        const [old] = await mailsTo(email);
        await assert.rejects(acceptLink(at(48), { token: old?.token ?? "", password }), { code: "not-found" });
        await inviteMember(at(50), owner, { email });
        const token = await tokenFor(email);
        await removeMember(context, owner, member.id);
        await assert.rejects(
            acceptLink(at(51), { token, password }),
            { code: "not-found" },
            "whoever is not invited any more stays out",
        );
        await inviteMember(at(52), owner, { email });
        assert.equal((await acceptLink(at(99), { token: await tokenFor(email), password })).verified, true);
    });

    it("does nothing for a user whom the operator verified meanwhile", async () => {
        const context = await sharedContext();
        const email = newAddress();
        await register(context, registration(email), fresh("network"));
        await addUser(context, { email, password: "given by the operator" });
        await assert.rejects(acceptLink(context, { token: await tokenFor(email), password }), { code: "not-found" });
    });

    it("of an invitation opens what a stranger registered before only to who reads the mail", async () => {
        const context = await sharedContext();
        const owner = await makeMember(context);
        const email = newAddress();
        await register(context, registration(email, { password: "mallory's own words" }), fresh("network"));
        const { member } = await inviteMember(context, owner, { email });
        const mallory: Caller = {
            userId: member.id,
            email,
            name: "Ada",
            verified: false,
            scope: "write",
            via: "password",
        };
        assert.deepEqual(await listAccounts(context, mallory), []);
        const [registered] = await mailsTo(email);
        await acceptLink(context, { token: registered?.token ?? "", password: "the owner's own words" });
        assert.equal(await isPassword((await requireUser(context, email)).password_hash, "mallory's own words"), false);
    });
});

describe("sending the verification again", () => {
    it("writes to the caller's own address, unless there is no need or no end", async () => {
        const context = await sharedContext();
        const email = newAddress();
        await register(context, registration(email), fresh("network"));
        const { id } = await requireUser(context, email);
        const caller: Caller = { userId: id, email, name: "Ada", verified: false, scope: "write", via: "password" };
        const sent = [];
        for (let count = 0; count < 5; count += 1) sent.push((await resendVerification(context, caller)).sent);
        assert.deepEqual(sent, [...Array(4).fill(true), false]);
        await acceptLink(context, { token: await tokenFor(email), password });
        assert.equal((await resendVerification(context, { ...caller, verified: true })).sent, false);
        await assert.rejects(resendVerification(context, { ...caller, userId: 999_999_999 }), { code: "not-found" });
    });
});
