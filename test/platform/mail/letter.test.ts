import assert from "node:assert/strict";
import { type Letter, writeLetter } from "../../../platform/mail/letter";

describe("a letter", () => {
    const link = "https://section.example/public/accept#abc";
    const inviterEmail = "olga@agency.example";
    const letters: Letter[] = [
        { kind: "invitation", organization: "Acme", inviter: "Olga Owner", inviterEmail, link, isUser: false },
        { kind: "invitation", organization: "Acme", inviterEmail, link, isUser: true },
        { kind: "access", organization: "Acme", inviterEmail },
        { kind: "verification", link },
        { kind: "registered" },
        { kind: "email-change", from: "ada@agency.example", link },
        { kind: "email-changed", to: "ada@lovelace.example" },
    ];

    it("says where it is from, and what to do when one does not expect it", () => {
        for (const letter of letters) {
            const { subject, lines } = writeLetter(letter, "https://section.example");
            assert.match(subject, /^[A-Z]/);
            assert.ok(
                lines.some((line) => line.includes("https://section.example")),
                letter.kind,
            );
            assert.equal(lines.includes(link), "link" in letter, letter.kind);
            assert.equal(
                lines.some((line) => line.includes("within 48 hours")),
                "link" in letter,
                letter.kind,
            );
        }
    });

    it("quotes what somebody chose as one short line", () => {
        const nasty = `Acme\r\nBcc: everybody@b.example\u2028${"x".repeat(300)}`;
        const { subject, lines } = writeLetter(
            { kind: "invitation", organization: nasty, inviter: nasty, inviterEmail: nasty, link, isUser: false },
            "https://section.example",
        );
        for (const text of [subject, ...lines]) assert.ok(!/[\r\n\u2028]/.test(text) && text.length < 400, text);
        assert.match(subject, /^Invitation to Acme Bcc: everybody@b·example x+…$/);
    });
});
