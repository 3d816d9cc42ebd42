import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import * as section from "pulumi-section";
import { utcDay } from "section-model";
import { openStack } from "../harness/stack";
import { issueCertificate } from "../support/certificates";
import { startScript } from "../support/http-server";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import type { TestStack } from "../support/stack";

const acme: PulumiFn = async () => {
    new section.Organization("acme", { name: "Acme" });
};

/** Looks at a preview of one new organization, with these settings. */
function withPreview(
    environment: Record<string, string>,
    look: (stack: TestStack) => Promise<void>,
    program: PulumiFn = acme,
) {
    return withFolder(async (folder) => look(await openStack({ folder, program, environment })));
}

const refusalOf = (stack: TestStack, kind: "preview" | "up" = "preview"): Promise<string> =>
    stack[kind]().then(
        () => assert.fail(`the ${kind} passed`),
        ({ message }: Error) => message,
    );

describe("an endpoint or a token that is wrong", function () {
    this.timeout(60_000);

    let platform: RunningPlatform;
    before(async () => {
        platform = await startPlatform();
    });
    after(() => platform.close());

    const answers: Record<string, [status: number, type: string, body: string, reason: string]> = {
        "a web page": [
            200,
            "text/html",
            "<!doctype html><title>Shop</title>",
            "GET URL/api/v1/user answered 200 with a web page",
        ],
        "404 for everything": [404, "application/json", '{"error":"no route"}', "GET URL/api/v1/user answered 404"],
    };
    for (const [what, [status, type, body, reason]] of Object.entries(answers))
        it(`is ${what}: the preview says so in one line, with the setting and the remedy`, async () => {
            const script = await startScript((_, response) =>
                response.writeHead(status, { "content-type": type }).end(body),
            );
            try {
                await withPreview({ SECTION_ENDPOINT: script.url, SECTION_TOKEN: "x" }, async (stack) => {
                    const line = `organization Acme: ${script.url}, from SECTION_ENDPOINT, is no Section platform: ${reason.replace("URL", script.url)}. Set SECTION_ENDPOINT to the root of one, such as https://aperture.section.io.`;
                    const message = await refusalOf(stack);
                    assert.ok(message.includes(line), `${message}\n${line}`);
                });
            } finally {
                await script.close();
            }
        });

    it("has a certificate that nobody knows: the preview goes on and says in one line what it did not check", () =>
        withFolder(async (folder) => {
            const { certificate, key } = await issueCertificate({ names: ["localhost"] });
            const [tlsCertFile, tlsKeyFile] = [path.join(folder, "cert.pem"), path.join(folder, "key.pem")];
            await writeFile(tlsCertFile, certificate);
            await writeFile(tlsKeyFile, key);
            const secure = await startPlatform({ tlsCertFile, tlsKeyFile });
            try {
                await withPreview({ SECTION_ENDPOINT: secure.url, SECTION_TOKEN: secure.token }, async (stack) => {
                    assert.match(
                        (await stack.preview()).stdout,
                        new RegExp(
                            `not checked with the platform: organization acme\\. ${secure.url}, from SECTION_ENDPOINT, cannot be reached: the authority of its certificate is not trusted here \\(\\w+\\)\\. Check SECTION_ENDPOINT and the network, or name that authority's PEM file in NODE_EXTRA_CA_CERTS, then run again\\.`,
                        ),
                    );
                });
            } finally {
                await secure.close();
            }
        }));

    it("is down: with section:requirePlatform, and in CI, the preview fails and does not go on unchecked", async () => {
        const down = { SECTION_ENDPOINT: "http://127.0.0.1:9", SECTION_TOKEN: "x" };
        const reason =
            /organization Acme: http:\/\/127\.0\.0\.1:9, from SECTION_ENDPOINT, cannot be reached: nothing listens there \(ECONNREFUSED\)\. Check SECTION_ENDPOINT and the network, then run again; to preview without the platform, set section:requirePlatform to false\./;
        await withPreview(down, async (stack) => {
            assert.match((await stack.preview()).stdout, /not checked with the platform: organization acme\. http/);
            await stack.setConfig("section:requirePlatform", "true");
            assert.match(await refusalOf(stack), reason);
        });
        await withPreview({ ...down, CI: "true" }, async (stack) => {
            assert.match(await refusalOf(stack), reason);
            await stack.setConfig("section:requirePlatform", "false");
            assert.match((await stack.preview()).stdout, /not checked with the platform/);
        });
    });

    const rejected = (from: string) =>
        `${platform.url} does not know the token from ${from}: it is mistyped, revoked or expired (API request is unauthorized). Put a valid token of that endpoint into ${from}.`;

    it("is garbage: the line names the variable, the file, the stack config or the program's Provider", () =>
        withFolder(async (folder) => {
            const token = "section_0123456789abcdef_not-a-real-token";
            const file = path.join(folder, "token");
            await writeFile(file, token);
            const at = { SECTION_ENDPOINT: platform.url };
            const expect = async (stack: TestStack, from: string) => {
                const message = await refusalOf(stack);
                assert.ok(message.includes(rejected(from)), message);
                assert.ok(!message.includes(token), "the token was printed");
            };
            await withPreview({ ...at, SECTION_TOKEN: token }, (stack) => expect(stack, "SECTION_TOKEN"));
            await withPreview({ ...at, SECTION_TOKEN_FILE: file }, (stack) =>
                expect(stack, `SECTION_TOKEN_FILE (${file})`),
            );
            await withPreview(at, async (stack) => {
                await stack.setConfig("section:token", token, true);
                await expect(stack, "section:token");
            });
            await withPreview(
                {},
                (stack) => expect(stack, "the program's Provider (token)"),
                async () => {
                    const provider = new section.Provider("here", { endpoint: platform.url, token });
                    new section.Organization("acme", { name: "Acme" }, { provider });
                },
            );
        }));

    const ways: Record<string, () => Promise<{ token: string; day: string }>> = {
        "was revoked": async () => {
            const { token, id } = await platform.api.must("POST", "/user/token", { description: "old" });
            await platform.api.must("DELETE", `/user/token/${id}`);
            return { token, day: utcDay() };
        },
        expired: async () => {
            const end = new Date(Date.now() + 1_000);
            const wanted = { description: "short", expires_at: end.toISOString() };
            const { token } = await platform.api.must("POST", "/user/token", wanted);
            await new Promise((resolve) => setTimeout(resolve, end.getTime() - Date.now() + 1));
            return { token, day: utcDay(end) };
        },
    };
    for (const [fate, end] of Object.entries(ways))
        it(`${fate}: the platform says when, and the line has the setting and the remedy`, async () => {
            const { token, day } = await end();
            await withPreview({ SECTION_ENDPOINT: platform.url, SECTION_TOKEN: token }, async (stack) => {
                const message = await refusalOf(stack);
                const line = `${platform.url} refuses the token from SECTION_TOKEN: this token ${fate} on ${day} (API request is unauthorized). Make a new one there, and put it into SECTION_TOKEN.`;
                assert.ok(message.includes(line), message);
                assert.ok(!message.includes(token), "the token was printed");
            });
        });

    it("may only read: a preview works and says so once, and the up is refused before anything is made", async () => {
        const email = "reader@agency.example";
        await platform.signUp(email);
        const token = await platform.tokenFor(email, "read");
        const program = async () => {
            new section.Organization("acme", { name: "Acme" });
            new section.Organization("beta", { name: "Beta" });
        };
        await withPreview(
            { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: token },
            async (stack) => {
                const line = `the token from SECTION_TOKEN may only read at ${platform.url}. A preview works with it; use a token of scope write for up.`;
                const { stdout } = await stack.preview();
                assert.equal(stdout.split(line).length, 2, stdout);
                assert.match(await refusalOf(stack, "up"), /organization \w+: the token from SECTION_TOKEN may only/);
                assert.equal((await platform.api.get("/account")).length, 0);
            },
            program,
        );
    });
});
