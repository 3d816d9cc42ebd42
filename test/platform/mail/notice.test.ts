import assert from "node:assert/strict";
import { writeLetter } from "../../../platform/mail/letter";
import { type Notice, writeNotice } from "../../../platform/mail/notice";

describe("a notice", () => {
    const at = "https://section.example";
    const token = { kind: "token-made", description: "laptop", scope: "write", expiresAt: null } as const;
    const notices: Notice[] = [
        { kind: "authenticator-set", replaces: false },
        { kind: "authenticator-set", replaces: true },
        { kind: "two-factor-changed", isOn: true },
        { kind: "two-factor-changed", isOn: false },
        { kind: "two-factor-reset" },
        { kind: "email-change-begun", to: "ada@lovelace.example" },
        { kind: "password-set" },
        token,
        { ...token, scope: "read", expiresAt: "2027-01-01T00:00:00.000Z" },
    ];

    it("says where, what, and what to do if it was somebody else; each in words of its own", () => {
        const texts = notices.map((notice) => writeLetter(notice, at));
        for (const { subject, lines } of texts) {
            assert.match(subject, /^[A-Z][^.]*$/);
            assert.ok(lines.join("\n").includes(at), subject);
            assert.match(lines.at(-1) ?? "", /^If this was not you, revoke your API tokens and tell/);
        }
        assert.equal(new Set(texts.map((text) => JSON.stringify(text))).size, notices.length);
    });

    it("quotes what somebody chose", () => {
        const { lines } = writeNotice({ ...token, description: "a\nb ".repeat(200) }, at);
        assert.match(
            lines[0] ?? "",
            /another API token, "(a b )+(a )?b?…"\. It never ends, and it may change whatever you may\.$/,
        );
        const [to] = writeNotice({ kind: "email-change-begun", to: "a@b.example" }, at).lines;
        assert.ok(to?.includes("e-mail address a@b.example instead"), to);
    });
});
