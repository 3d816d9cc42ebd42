import assert from "node:assert/strict";
import { Agent, request } from "node:http";
import { checkAnswer } from "../support/answers";
import { type BadRequest, badRequest, type RightIds } from "../support/bad-requests";
import { Choices, seed } from "../support/choices";
import { describedRoutes } from "../support/described-routes";
import { startPlatform } from "../support/platform";

/** Kinds of endpoints, by what a request to one is for. */
const kinds: Readonly<Record<string, readonly string[]>> = {
    reading: ["GET"],
    making: ["POST"],
    changing: ["PUT", "PATCH"],
    deleting: ["DELETE"],
};
/** Of each kind. `SECTION_TEST_REFUSALS=20000` is the run of the scorecard in docs/durability.md. */
const refusals = Number(process.env.SECTION_TEST_REFUSALS ?? 3_000);
const atOnce = 16;
/** A request that is turned away gets nowhere. */
const unlimited = {
    addressRequestsPerMinute: 0,
    userRequestsPerMinute: 0,
    createsPerMinute: 0,
    gitRequestsPerMinute: 0,
};

const agent = new Agent({ keepAlive: true, maxSockets: atOnce });

interface Reply {
    status: number;
    headers: Headers;
    text: string;
}

function send(url: string, { method, path, headers, body }: BadRequest): Promise<Reply> {
    return new Promise((resolve, reject) => {
        const length = body === undefined ? {} : { "content-length": String(body.length) };
        const sent = request(url, { agent, method, path, headers: { ...headers, ...length } }, (answer) => {
            const chunks: Buffer[] = [];
            answer.on("data", (chunk) => chunks.push(chunk));
            answer.once("error", reject);
            answer.once("end", () =>
                resolve({
                    status: answer.statusCode ?? 0,
                    headers: new Headers(Object.entries(answer.headers).map(([name, value]) => [name, String(value)])),
                    text: Buffer.concat(chunks).toString("utf8"),
                }),
            );
        });
        sent.once("error", reject);
        sent.end(body);
    });
}

describe("bad input to every route", () => {
    it("is answered with JSON, a reason and an id, and never with a failure of the platform's own", async function () {
        this.timeout(7_200_000);
        console.log(`      seed ${seed}`);
        const platform = await startPlatform({ registration: true, maxEventLoopDelayMs: 0, ...unlimited });
        try {
            const { account, application } = await platform.api.makeSite("Acme", "www.acme.example");
            const at = `/account/${account}/application/${application}/environment/Production`;
            await platform.api.must("POST", `${at}/enableHostedDNS`, { zoneName: "acme.example" });
            const parameters = {
                accountId: String(account),
                applicationId: String(application),
                environmentName: "Production",
                userId: "1",
                hostName: "www.acme.example",
                zoneName: "acme.example",
                recordName: "mail",
                recordType: "A",
                proxyName: "varnish",
                operationName: "ban",
                helpId: "dns",
            };
            const ids: RightIds = { token: platform.token, parameters };
            const routes = describedRoutes();
            const choices = new Choices(seed);
            const wrong: string[] = [];
            const counts = new Map<string, { routes: typeof routes; sent: number; refused: number }>();
            for (const [kind, methods] of Object.entries(kinds))
                counts.set(kind, {
                    routes: routes.filter(({ method }) => methods.includes(method)),
                    sent: 0,
                    refused: 0,
                });
            const attempt = async (count: NonNullable<ReturnType<typeof counts.get>>) => {
                const route = count.routes[count.sent % count.routes.length] as (typeof routes)[number];
                count.sent += 1;
                const made = badRequest(choices, route, ids);
                const label = `${made.kind}: ${made.method} ${made.path.slice(0, 300)} ${made.body?.toString("utf8").slice(0, 300) ?? ""}`;
                try {
                    const reply = await send(platform.url, made);
                    if (reply.status >= 400) count.refused += 1;
                    assert.ok(reply.status < 500, reply.text.slice(0, 300));
                    assert.match(reply.headers.get("aperture-tx-id") ?? "", /^\d{12}\.\d{6}$/);
                    if (made.method !== "HEAD") checkAnswer(made.method, made.path.split("?")[0] as string, reply);
                } catch (error) {
                    wrong.push(`${label}\n    ${(error as Error).message.slice(0, 500)}`);
                }
            };
            for (const count of counts.values()) {
                const worker = async () => {
                    while (count.refused < refusals && wrong.length < 50) await attempt(count);
                };
                await Promise.all(Array.from({ length: atOnce }, worker));
            }
            assert.deepEqual(wrong, []);
            assert.equal((await platform.api.get(at)).environment_name, "Production", "everything is still there");
            for (const [kind, { routes: those, sent, refused }] of counts)
                console.log(
                    `      ${kind}: ${sent} odd requests over ${those.length} routes, ${refused} refused with a reason, ${sent - refused} no worse than odd, 0 of 500 and above`,
                );
        } finally {
            await platform.close();
        }
    });
});
