import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";

/** A mail as its reader sees it. */
export interface ReadMail {
    file: string;
    mode: number;
    /** The whole file. */
    raw: string;
    headers: Map<string, string>;
    to: string;
    subject: string;
    text: string;
    /** The link in it, and the token in the link. */
    link: string | undefined;
    token: string;
}

function decodeWords(value: string): string {
    return value
        .replaceAll(/\?=\s+=\?/g, "?==?")
        .replaceAll(/=\?utf-8\?([qb])\?([^?]*)\?=/gi, (_, kind: string, text: string) => {
            if (kind.toLowerCase() === "b") return Buffer.from(text, "base64").toString("utf8");
            return decodeQuoted(text.replaceAll("_", " "));
        });
}

function decodeQuoted(text: string): string {
    const bytes = text
        .replaceAll(/=\r?\n/g, "")
        .replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    return Buffer.from(bytes, "latin1").toString("utf8");
}

/** Takes a message apart as RFC 5322 and MIME say. */
function parseMail(file: string, mode: number, raw: string): ReadMail {
    const end = raw.indexOf("\r\n\r\n");
    const lines = raw
        .slice(0, end)
        .replaceAll(/\r\n[ \t]/g, " ")
        .split("\r\n");
    const headers = new Map<string, string>();
    for (const line of lines) {
        const [, name, value] = /^([!-9;-~]+): (.*)$/.exec(line) ?? [];
        if (name === undefined) throw new Error(`${file} has a line that is no header: ${line}`);
        if (headers.has(name.toLowerCase())) throw new Error(`${file} has ${name} twice`);
        headers.set(name.toLowerCase(), decodeWords(value as string));
    }
    const body = raw.slice(end + 4);
    const encoding = headers.get("content-transfer-encoding");
    let text = Buffer.from(body, "latin1").toString("utf8");
    if (encoding === "quoted-printable") text = decodeQuoted(body);
    if (encoding === "base64") text = Buffer.from(body, "base64").toString("utf8");
    const link = /https?:\/\/\S+#\S+/.exec(text)?.[0];
    return {
        file,
        mode,
        raw,
        headers,
        to: headers.get("to") ?? "",
        subject: headers.get("subject") ?? "",
        text,
        link,
        token: link?.split("#")[1] ?? "",
    };
}

/** The mails in a folder, the oldest first. */
export async function readMails(folder: string, to?: string): Promise<ReadMail[]> {
    const names = await readdir(folder).catch(() => []);
    const mails = await Promise.all(
        names
            .filter((name) => name.endsWith(".eml"))
            .sort()
            .map(async (name) => {
                const file = path.join(folder, name);
                return parseMail(name, (await stat(file)).mode & 0o777, await readFile(file, "latin1"));
            }),
    );
    return to === undefined ? mails : mails.filter((mail) => mail.to === to);
}
