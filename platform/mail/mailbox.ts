import { randomBytes } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import path from "node:path";
import type { Transporter } from "nodemailer";
import type { LetterText } from "./letter";

export interface Mail extends LetterText {
    from: string;
    to: string;
}

/** A folder of mails, each a file, that a mailer takes away. */
export interface Mailbox {
    put(mail: Mail, now: Date): Promise<void>;
}

let composer: Transporter | undefined;

/**
 * Makes the text of a message and sends nothing; no address in a mail of ours may name a file or an address to fetch.
 * Loaded with the first mail, so that a start does not wait for it.
 */
function openComposer(): Transporter {
    const { createTransport } = require("nodemailer") as typeof import("nodemailer");
    composer ??= createTransport({
        streamTransport: true,
        buffer: true,
        newline: "windows",
        disableFileAccess: true,
        disableUrlAccess: true,
    });
    return composer;
}

async function composeMessage({ from, to, subject, lines }: Mail, now: Date): Promise<Buffer> {
    const { message } = await openComposer().sendMail({
        from: { name: "Section", address: from },
        to: { name: "", address: to },
        subject,
        text: `${lines.join("\n\n")}\n`,
        date: now,
        headers: { "Auto-Submitted": "auto-generated" },
    });
    return message as Buffer;
}

/**
 * The mailbox in a folder that is made when the first mail comes. A file has its name once it is whole:
 * `TIME-RANDOM.eml`, in order of time.
 */
export function openMailbox(folder: string): Mailbox {
    return {
        put: async (mail, now) => {
            const message = await composeMessage(mail, now);
            await mkdir(folder, { recursive: true, mode: 0o700 });
            const name = `${now.toISOString().replaceAll(/[:.]/g, "-")}-${randomBytes(6).toString("hex")}`;
            const unfinished = path.join(folder, `.${name}.part`);
            try {
                const file = await open(unfinished, "wx", 0o600);
                try {
                    await file.writeFile(message);
                    await file.sync();
                } finally {
                    await file.close();
                }
                await rename(unfinished, path.join(folder, `${name}.eml`));
            } catch (error) {
                await rm(unfinished, { force: true });
                throw error;
            }
        },
    };
}
