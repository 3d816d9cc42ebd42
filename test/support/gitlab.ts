import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Note {
    id: number;
    body: string;
    author: { id: number };
}

export interface NotesServer {
    url: string;
    notes: Note[];
    /** Method and path of requests that changed something. */
    log: string[];
    close(): Promise<void>;
}

const me = 7;

/** GitLab's API, as far as notes of one merge request go. Only the user of the token may change a note of theirs. */
export async function startNotes(token: string, count: number): Promise<NotesServer> {
    const notes: Note[] = Array.from({ length: count }, (_, index) => ({
        id: index + 1,
        body: `note ${index + 1}`,
        author: { id: 1 },
    }));
    const log: string[] = [];
    const server = createServer(async (request, response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        const { pathname, searchParams } = new URL(request.url ?? "", "http://gitlab");
        const answer = (status: number, value?: unknown) =>
            response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
        if (request.headers["private-token"] !== token) return answer(401, { message: "401 Unauthorized" });
        if (pathname === "/api/v4/user") return answer(200, { id: me });
        const place = /^\/api\/v4\/projects\/5\/merge_requests\/9\/notes(?:\/(\d+))?$/.exec(pathname);
        if (place === null) return answer(404);
        if (request.method === "GET") {
            const page = Number(searchParams.get("page"));
            return answer(200, notes.slice((page - 1) * 100, page * 100));
        }
        log.push(`${request.method} ${place[1] ?? "note"}`);
        const body = new URLSearchParams(Buffer.concat(chunks).toString()).get("body") ?? "";
        if (request.method === "POST") {
            notes.push({ id: 1000 + notes.length, body, author: { id: me } });
            return answer(201, notes.at(-1));
        }
        const index = notes.findIndex(({ id }) => id === Number(place[1]));
        if (notes[index]?.author.id !== me) return answer(403);
        if (request.method === "DELETE") {
            notes.splice(index, 1);
            return answer(204);
        }
        (notes[index] as Note).body = body;
        return answer(200, notes[index]);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v4`, notes, log, close };
}
