import type { IncomingHttpHeaders } from "node:http";

/** What a certificate authority answered, as it came. */
export interface Reply {
    status: number;
    headers: IncomingHttpHeaders;
    body: Buffer;
}
