import assert from "node:assert/strict";
import { Agent, request } from "node:http";
import { checkAnswer } from "../support/answers";
import { type BadRequest, badRequest, type RightIds } from "../support/bad-requests";
import { Choices, seed } from "../support/choices";
import { describedRoutes } from "../support/described-routes";
import { startPlatform } from "../support/platform";

const refusals = 20_000;
const atOnce = 16;

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
        this.timeout(1_200_000);
        console.log(`      seed ${seed}`);
        const platform = await startPlatform({ registration: true, maxEventLoopDelayMs: 0 });
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
            let [sent, refused] = [0, 0];
            const wrong: string[] = [];
            const attempt = async (index: number) => {
                const made = badRequest(choices, routes[index % routes.length] as (typeof routes)[number], ids);
                const label = `${made.kind}: ${made.method} ${made.path.slice(0, 300)} ${made.body?.toString("utf8").slice(0, 300) ?? ""}`;
                try {
                    const reply = await send(platform.url, made);
                    if (reply.status >= 400) refused += 1;
                    assert.ok(reply.status < 500, reply.text.slice(0, 300));
                    assert.match(reply.headers.get("aperture-tx-id") ?? "", /^\d{12}\.\d{6}$/);
                    if (made.method !== "HEAD") checkAnswer(made.method, made.path.split("?")[0] as string, reply);
                } catch (error) {
                    wrong.push(`${label}\n    ${(error as Error).message.slice(0, 500)}`);
                }
            };
            const worker = async () => {
                while (refused < refusals && wrong.length < 50) await attempt(sent++);
            };
            await Promise.all(Array.from({ length: atOnce }, worker));
            assert.deepEqual(wrong, []);
            assert.equal((await platform.api.get(at)).environment_name, "Production", "everything is still there");
            console.log(
                `      ${sent} odd requests over ${routes.length} routes: ${refused} refused with a reason, ${sent - refused} no worse than odd, 0 failed`,
            );
        } finally {
            await platform.close();
        }
    });
});
