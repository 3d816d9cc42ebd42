import { spawn } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** The floor of git hosting: git's own http-backend as a CGI program, for everybody and without a check. */
async function main(): Promise<void> {
    const root = process.argv[2] as string;
    const server = createServer((request, response) => {
        const url = new URL(request.url ?? "/", "http://x");
        const child = spawn("git", ["http-backend"], {
            env: {
                PATH: process.env.PATH,
                GIT_PROJECT_ROOT: root,
                GIT_HTTP_EXPORT_ALL: "1",
                REMOTE_USER: "anybody",
                PATH_INFO: url.pathname,
                QUERY_STRING: url.search.slice(1),
                REQUEST_METHOD: request.method,
                CONTENT_TYPE: request.headers["content-type"] ?? "",
                HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
                GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
            },
        });
        request.pipe(child.stdin);
        let head = Buffer.alloc(0);
        let isOpen = false;
        child.stdout.on("data", (chunk: Buffer) => {
            if (isOpen) return void response.write(chunk);
            head = Buffer.concat([head, chunk]);
            const end = head.indexOf("\r\n\r\n");
            if (end === -1) return;
            isOpen = true;
            for (const line of head.toString("latin1", 0, end).split("\r\n")) {
                const [name = "", value = ""] = line.split(": ");
                if (name === "Status") response.statusCode = Number.parseInt(value, 10);
                else response.setHeader(name, value);
            }
            response.write(head.subarray(end + 4));
        });
        child.stdout.on("end", () => response.end());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

void main();
