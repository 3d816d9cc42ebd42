import type { IncomingHttpHeaders } from "node:http";

/** The unchanged answer of a certificate authority. */
export interface Reply {
    status: number;
    headers: IncomingHttpHeaders;
    body: Buffer;
}
