import assert from "node:assert/strict";
import { hashToken } from "../../../platform/auth/token";
import { mayWriteTo, sendLetter } from "../../../platform/service/letters";
import { findLink } from "../../../platform/store/links";
import { updateUserRow } from "../../../platform/store/users";
import { mailsTo, makeMember, publicUrl, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

describe("letters to people", () => {
    it("have links to the platform's own address that count 48 hours and are kept as hashes", async () => {
        const context = await sharedContext();
        const { caller, accountId } = await makeMember(context);
        const now = new Date("2026-01-01T10:00:00Z");
        await sendLetter(
            { ...context, now: () => now },
            {
                kind: "invitation",
                userId: caller.userId,
                accountId,
                organization: "Acme",
                inviterEmail: "olga@agency.example",
            },
        );
        const [mail] = await mailsTo(caller.email);
        assert.equal(mail?.headers.get("from"), "Section <no-reply@platform.example>");
        assert.match(mail?.link ?? "", new RegExp(`^${publicUrl}/public/accept#[0-9A-Za-z_-]{43}$`));
        const token = mail?.token ?? "";
        const found = async (at: string) =>
            (await findLink(context.store.database, hashToken(token), "accept", new Date(at)))?.user_id;
        assert.deepEqual(
            [await found("2026-01-03T09:59:59Z"), await found("2026-01-03T10:00:00Z")],
            [caller.userId, undefined],
        );
        for (const table of ["links", "outbox", "users", "attempts"] as const) {
            const rows = await context.store.database.selectFrom(table).selectAll().execute();
            assert.ok(!JSON.stringify(rows).includes(token), table);
        }
    });

    it("go to the new address of who wants to change it, and to the old one once it has changed", async () => {
        const context = await sharedContext();
        const { caller } = await makeMember(context);
        const email = `${fresh("new")}@lovelace.example`;
        await sendLetter(context, { kind: "email-change", userId: caller.userId, email });
        const [change] = await mailsTo(email);
        assert.match(change?.link ?? "", new RegExp(`^${publicUrl}/public/verify#`));
        assert.ok(change?.text.includes(caller.email));
        assert.deepEqual(await mailsTo(caller.email), []);
        await sendLetter(context, { kind: "email-changed", from: caller.email, to: email });
        const [changed] = await mailsTo(caller.email);
        assert.deepEqual([changed?.text.includes(email), changed?.link], [true, undefined]);
    });

    it("come from the address of the setting, or from a name that mailers accept", async () => {
        const context = await sharedContext();
        const { caller } = await makeMember(context);
        const write = (options: Partial<typeof context.options>) =>
            sendLetter(
                { ...context, options: { ...context.options, ...options } },
                { kind: "registered", userId: caller.userId },
            );
        await write({ mailFrom: "ops@agency.example" });
        await write({ publicUrl: "http://127.0.0.1:8080" });
        await write({ publicUrl: "http://[::1]:8080" });
        assert.deepEqual(
            (await mailsTo(caller.email)).map(({ headers }) => headers.get("from")),
            ["Section <ops@agency.example>", "Section <no-reply@localhost>", "Section <no-reply@localhost>"],
        );
        await assert.rejects(write({ publicUrl: "" }), { code: "overloaded" }, "tried again once the platform listens");
    });

    it("are not written to who is gone, and a handful an hour to one address", async () => {
        const context = await sharedContext();
        const { caller } = await makeMember(context);
        await sendLetter(context, { kind: "registered", userId: 999_999_999 });
        assert.ok((await updateUserRow(context.store.database, caller.userId, {})) !== undefined);
        const key = `${fresh("often")}@agency.example`;
        const allowed = [];
        for (let count = 0; count < 12; count += 1)
            allowed.push(await mayWriteTo(context, context.store.database, key, "stranger"));
        assert.deepEqual(allowed, [...Array(5).fill(true), ...Array(7).fill(false)]);
        assert.equal(
            await mayWriteTo(context, context.store.database, key, caller),
            true,
            "a nuisance stands in nobody's way",
        );
    });

    it("from everybody together are so many an hour to one address as the setting says", async () => {
        const shared = await sharedContext();
        const context = { ...shared, options: { ...shared.options, recipientMailsPerHour: 3 } };
        const key = `${fresh("flooded")}@agency.example`;
        const allowed = [];
        for (let userId = 1; userId <= 5; userId += 1) {
            const { caller } = { caller: { ...(await makeMember(context)).caller, userId } };
            allowed.push(await mayWriteTo(context, context.store.database, key, caller));
        }
        assert.deepEqual(allowed, [true, true, true, false, false]);
    });
});
