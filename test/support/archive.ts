import { gzipSync } from "node:zlib";
import { type Header, pack } from "tar-stream";

export type Member = Partial<Header> & { name: string; text?: string };

/** A tar.gz of members that need not be right. */
export async function makeArchive(members: readonly Member[]): Promise<Buffer> {
    const tar = pack();
    for (const { text, ...header } of members) tar.entry(header as Header, text ?? "");
    tar.finalize();
    const chunks: Buffer[] = [];
    for await (const chunk of tar) chunks.push(chunk as Buffer);
    return gzipSync(Buffer.concat(chunks));
}

/** An application as sectionctl packs it: the folder itself has no name, the rest begins with a slash. */
export const applicationArchive = () =>
    makeArchive([
        { name: "", type: "directory" },
        { name: "/package.json", text: '{"name":"app"}' },
        { name: "/node_modules", type: "directory" },
        { name: "/node_modules/tool/cli.js", text: "#!/usr/bin/env node\n", mode: 0o755 },
        { name: "/node_modules/.bin/tool", type: "symlink", linkname: "../tool/cli.js" },
    ]);

/** Sends a form the way sectionctl does: the file first. */
export async function sendUpload(
    url: string,
    token: string | undefined,
    file: Buffer | undefined,
    fields: Record<string, string>,
): Promise<{ status: number; headers: Headers; json: { payloadID?: string; message?: string } }> {
    const form = new FormData();
    if (file !== undefined) form.append("file", new Blob([new Uint8Array(file)]), "sectionctl-deploy.1.tar.gz");
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    const headers: Record<string, string> = token === undefined ? {} : { "section-token": token };
    const answer = await fetch(`${url}/new/code_upload/v1/upload`, { method: "POST", headers, body: form });
    return {
        status: answer.status,
        headers: answer.headers,
        json: (await answer.json()) as { payloadID?: string; message?: string },
    };
}
