import assert from "node:assert/strict";
import type { Caller } from "../../../platform/auth/caller";
import { drainOutbox } from "../../../platform/service/outbox";
import {
    addOwnToken,
    addToken,
    listTokens,
    revokeOwnToken,
    revokeToken,
    type WantedToken,
} from "../../../platform/service/tokens";
import { addUser } from "../../../platform/service/users";
import { mailsTo, makeMember, sharedContext } from "../../support/context";

describe("token use cases", () => {
    it("make, list and end tokens of a user", async () => {
        const context = await sharedContext();
        const { caller } = await makeMember(context);
        const { token, row } = await addToken(context, { userId: caller.userId, description: "laptop" });
        assert.match(token, /^section_[0-9a-f]{16}_/);
        assert.ok(!JSON.stringify(row).includes(token));
        assert.deepEqual(
            (await listTokens(context, caller.userId)).map(({ id, scope }) => [id, scope]),
            [[row.id, "write"]],
        );
        await revokeToken(context, caller.userId, row.id);
        await assert.rejects(revokeToken(context, caller.userId, row.id), { code: "not-found" });
        await assert.rejects(
            addToken(context, { userId: caller.userId, description: "x", expiresAt: new Date(0) }),
            /lies in the past/,
        );
    });

    const dayMs = 86_400_000;
    const password = "correct horse battery";

    /** A user, and whoever has a token of theirs. */
    async function withToken(wanted: Partial<WantedToken> = {}) {
        const context = await sharedContext();
        const { caller } = await makeMember(context);
        const { row } = await addToken(context, { userId: caller.userId, description: "x", ...wanted });
        const token = { id: row.id, expiresAt: row.expires_at };
        const thief: Caller = { ...caller, scope: row.scope, via: "token", token };
        return { context, caller, thief };
    }

    it("that a token makes by itself end with it, do no more, and last 90 days at most", async () => {
        const soon = new Date(Date.now() + dayMs);
        const { context, thief } = await withToken({ expiresAt: soon, scope: "read" });
        const { row } = await addOwnToken(context, thief, { description: "child", scope: "write" });
        assert.deepEqual([row.expires_at, row.scope], [soon, "read"]);
        const later = { description: "child", expiresAt: new Date(soon.getTime() + 1) };
        await assert.rejects(addOwnToken(context, thief, later), {
            code: "password-needed",
            message: new RegExp(
                `^an API token alone makes none that lasts beyond ${soon.toISOString()}\\. Send the e-mail`,
            ),
        });
        const endless = await withToken();
        const before = Date.now();
        const child = (await addOwnToken(context, endless.thief, { description: "child" })).row;
        const lasts = (child.expires_at?.getTime() ?? 0) - before;
        assert.ok(lasts >= 90 * dayMs && lasts < 90 * dayMs + 60_000, `${lasts}`);
        const thiefOfChild = { ...endless.thief, token: { id: child.id, expiresAt: child.expires_at } };
        const grandchild = (await addOwnToken(context, thiefOfChild, { description: "grandchild" })).row;
        assert.deepEqual(grandchild.expires_at, child.expires_at);
        await revokeToken(context, endless.caller.userId, endless.thief.token?.id ?? "");
        assert.deepEqual(await listTokens(context, endless.caller.userId), [], "those that it made end with it");
    });

    it("that the user makes in person last as long as wanted, and outlive the token they came with", async () => {
        const { context, caller } = await withToken();
        const { row } = await addOwnToken(context, caller, { description: "mine" });
        assert.deepEqual([row.expires_at, row.made_by], [null, null]);
    });

    it("that users make themselves are told by mail, and bounded", async () => {
        const { context, caller, thief } = await withToken();
        await addOwnToken(context, thief, { description: "a nightly job", scope: "read" });
        await drainOutbox(context);
        const [mail, ...more] = await mailsTo(caller.email);
        assert.deepEqual([mail?.subject, more.length], ["An API token was made", 0]);
        assert.match(mail?.text ?? "", /"a nightly job"\. It ends at 20\d\d-.*, and it may only read\./);
        for (let count = 1; count < 60; count += 1) await addOwnToken(context, thief, { description: "x" });
        await assert.rejects(addOwnToken(context, thief, { description: "x" }), { code: "rate-limited" });
    });

    it("of others end in person only, unless the user has nothing to show that", async () => {
        const { context, caller, thief } = await withToken();
        const other = (await addToken(context, { userId: caller.userId, description: "build server" })).row.id;
        const child = (await addOwnToken(context, thief, { description: "child" })).row.id;
        await addUser(context, { email: caller.email, password });
        await assert.rejects(revokeOwnToken(context, thief, other), { code: "password-needed" });
        await revokeOwnToken(context, thief, child);
        await revokeOwnToken(context, thief, thief.token?.id ?? "");
        await revokeOwnToken(context, caller, other);
        assert.deepEqual(await listTokens(context, caller.userId), []);
        const bare = await withToken();
        const leaked = (await addToken(context, { userId: bare.caller.userId, description: "leaked" })).row.id;
        await assert.rejects(revokeOwnToken(context, thief, leaked), { code: "not-found" }, "somebody else's");
        await revokeOwnToken(context, bare.thief, leaked);
    });

    it("cannot be made with a token that was revoked meanwhile", async () => {
        const { context, thief } = await withToken();
        await revokeToken(context, thief.userId, thief.token?.id ?? "");
        await assert.rejects(addOwnToken(context, thief, { description: "x" }), { code: "unauthenticated" });
    });
});
