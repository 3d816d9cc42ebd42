import type { AddressInfo } from "node:net";
import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { createServer, type ServerOptions } from "../../platform/http/server";
import { describeFailure } from "../../platform/log-failure";
import { type PlatformOptions, readOptions } from "../../platform/options";
import type { Context } from "../../platform/service/context";
import { addToken } from "../../platform/service/tokens";
import { Api } from "./api";
import { makeMember, sharedContext } from "./context";

// biome-ignore lint/suspicious/noExplicitAny: a line of the log can have anything
type LogLine = any;

export interface ListeningServer {
    server: FastifyInstance;
    url: string;
    /** As the admin of `accountId`. */
    api: Api;
    accountId: number;
    context: Context;
    /** The log, as text and as documents. */
    text(): string;
    lines(): LogLine[];
    close(): Promise<void>;
}

/** The HTTP server alone, over the data that the tests of this process share, with its log in memory. */
export async function startListening(
    options: PlatformOptions = {},
    more: Partial<ServerOptions> = {},
): Promise<ListeningServer> {
    const context = more.context ?? (await sharedContext());
    const written: string[] = [];
    const sink = { write: (line: string) => void written.push(line) };
    const log = pino({ level: "debug", base: null, serializers: { err: describeFailure } }, sink);
    const wire = { extensions: true, publicUrl: "", edgeDomain: "c.section.io" };
    const server = createServer({ ...readOptions(options), context, wire, log, ...more });
    await server.listen({ host: "127.0.0.1", port: 0 });
    const { port } = server.server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}`;
    wire.publicUrl = url;
    const owner = await makeMember(await sharedContext());
    const { token } = await addToken(await sharedContext(), { userId: owner.caller.userId, description: "test" });
    return {
        server,
        url,
        api: new Api(url, token),
        accountId: owner.accountId,
        context,
        text: () => written.join(""),
        lines: () => written.map((line) => JSON.parse(line)),
        close: () => server.close(),
    };
}
