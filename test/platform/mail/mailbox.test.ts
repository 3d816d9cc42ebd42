import assert from "node:assert/strict";
import { readdir, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { openMailbox } from "../../../platform/mail/mailbox";
import { readMails } from "../../support/mails";
import { withFolder } from "../../support/platform";

const now = new Date("2026-01-02T03:04:05.678Z");

describe("a mailbox", () => {
    it("holds each mail as a whole file of its own that only its owner can read, in order of time", () =>
        withFolder(async (folder) => {
            const box = openMailbox(path.join(folder, "mail"));
            const put = (to: string, at: Date) =>
                box.put({ from: "no-reply@section.example", to, subject: "Grüße", lines: ["Hallo Jürgen,", "."] }, at);
            await Promise.all([
                put("b@b.example", new Date(now.getTime() + 1)),
                put("a@a.example", now),
                put("c@c.example", new Date(now.getTime() + 2)),
            ]);
            const mails = await readMails(path.join(folder, "mail"));
            assert.deepEqual(
                mails.map(({ to }) => to),
                ["a@a.example", "b@b.example", "c@c.example"],
            );
            assert.match(mails[0]?.file ?? "", /^2026-01-02T03-04-05-678Z-[0-9a-f]{12}\.eml$/);
            assert.deepEqual([mails[0]?.mode, (await stat(path.join(folder, "mail"))).mode & 0o777], [0o600, 0o700]);
            assert.deepEqual([mails[0]?.subject, mails[0]?.text.trim()], ["Grüße", "Hallo Jürgen,\r\n\r\n."]);
            assert.ok(!(await readdir(path.join(folder, "mail"))).some((name) => name.endsWith(".part")));
        }));

    it("writes messages that RFC 5322 allows, whatever is put in", () =>
        withFolder(async (folder) => {
            const box = openMailbox(folder);
            const nasty = "Acme\r\nBcc: everybody@b.example\r\n\r\n<script>";
            const long = `https://section.example/${"x".repeat(2000)}`;
            await box.put(
                {
                    from: "no-reply@section.example",
                    to: "jane@agency.example",
                    subject: `${nasty} ${"ü".repeat(200)}`,
                    lines: [long, "From x"],
                },
                now,
            );
            const [mail] = await readMails(folder);
            assert.ok(mail !== undefined);
            assert.deepEqual([...mail.headers.keys()].sort(), [
                "auto-submitted",
                "content-transfer-encoding",
                "content-type",
                "date",
                "from",
                "message-id",
                "mime-version",
                "subject",
                "to",
            ]);
            assert.equal(mail.headers.get("date"), "Fri, 02 Jan 2026 03:04:05 +0000");
            assert.ok(/^[\r\n -~]*$/.test(mail.raw), "ASCII only");
            assert.ok(
                mail.raw.split("\r\n").every((line) => line.length <= 998 && !/[\r\n]/.test(line)),
                "lines end as they have to and are not too long",
            );
            assert.ok(mail.text.includes(long));
        }));

    it("says when it cannot be written, and leaves nothing half made", () =>
        withFolder(async (folder) => {
            await writeFile(path.join(folder, "file"), "");
            const box = openMailbox(path.join(folder, "file"));
            await assert.rejects(box.put({ from: "a@b.example", to: "c@d.example", subject: "x", lines: [] }, now), {
                code: /EEXIST|ENOTDIR/,
            });
        }));
});
