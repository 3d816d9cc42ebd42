import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, symlink } from "node:fs/promises";
import path from "node:path";
import { Api } from "../support/api";
import { checkReportPage } from "../support/browser";
import { patternOf, readSessions, steady } from "../support/page-sessions";
import { startPlatform, withFolder } from "../support/platform";
import { pulumiSection } from "../support/provider-command";
import { mustPulumi } from "../support/pulumi";
import { engineVariables } from "../support/stack";

describe("who has access", () => {
    it("is what docs/access.md shows: who is declared, who is not, and what leaves with a person", () =>
        withFolder(async (folder) => {
            const platform = await startPlatform();
            try {
                const cwd = path.join(folder, "program");
                await cp("examples/team", cwd, { recursive: true });
                await symlink(path.resolve("node_modules"), path.join(cwd, "node_modules"));
                const environment = { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token };
                const options = { cwd, folder, environment };
                await platform.signUp("ada@agency.example");
                await mustPulumi(["stack", "init", "story"], options);
                await mustPulumi(["up", "--yes", "--skip-preview"], options);
                assert.match(await mustPulumi(["preview"], options), /Resources:\n\s+\d+ unchanged/);

                const { api } = platform;
                const [invitation] = await platform.mailsTo("ada@agency.example");
                await new Api(platform.url, undefined).must("POST", "/public/accept", { token: invitation?.token });
                await mustPulumi(["refresh", "--yes", "--skip-preview"], options);
                assert.match(await mustPulumi(["preview"], options), /Resources:\n\s+\d+ unchanged/);
                const accounts: { id: number; account_name: string }[] = await api.get("/account");
                const acme = accounts.find(({ account_name }) => account_name === "Acme")?.id;
                await api.must("POST", `/account/${acme}/user`, {
                    email: "jane@agency.example",
                    accountCapability: "state",
                });
                const rita = (await api.get(`/account/${acme}/user`)).find(
                    ({ email }: { email: string }) => email === "rita@acme.example",
                );
                await api.must("DELETE", `/account/${acme}/user/${rita.id}`);
                const stranger = await platform.signUp("stranger@other.example");
                const hidden = await stranger.must("POST", "/account", { name: "Bike Shop" });
                await stranger.must("POST", `/account/${hidden.id}/user`, {
                    email: "olga@agency.example",
                    accountCapability: "readonly",
                });

                const bin = path.resolve("node_modules/.bin");
                const variables = await engineVariables(folder);
                const env = {
                    ...process.env,
                    ...variables,
                    ...environment,
                    PATH: `${bin}${path.delimiter}${variables.PATH}`,
                };
                const sessions = await readSessions("docs/access.md");
                assert.equal(sessions.length, 3);
                for (const { command, expected } of sessions) {
                    const output = await new Promise<string>((resolve) => {
                        execFile("sh", ["-c", command], { cwd, env }, (_error, stdout, stderr) =>
                            resolve(stdout + stderr),
                        );
                    });
                    // which of two organizations was made first is chance
                    const ids = (text: string) =>
                        steady(text).replaceAll(/(Acme|Bakery|Bike Shop) \(\d+\)|organization \d+/g, (found) =>
                            found.replace(/\d+/, "N"),
                        );
                    assert.match(ids(output), patternOf(ids(expected)), command);
                }
                for (const [name, args] of Object.entries({
                    access: ["--stack", "story"],
                    departure: ["--person", "olga@agency.example"],
                })) {
                    const page = await pulumiSection(["access", "--format", "html", ...args], {
                        cwd,
                        environment: env as Record<string, string>,
                    });
                    await checkReportPage(name, page.stdout);
                }
            } finally {
                await platform.close();
            }
        }));
});
