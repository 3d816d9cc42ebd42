import assert from "node:assert/strict";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { patternOf, readSessions, steady } from "../support/page-sessions";
import { startPlatform, withFolder } from "../support/platform";
import { pulumiSection } from "../support/provider-command";
import { mustPulumi } from "../support/pulumi";
import { engineVariables } from "../support/stack";

const bakery = `
const section = require("pulumi-section");
new section.Organization("bakery", { name: "Bakery" });
`;
const acme = `
const acme = new section.Organization("acme", { name: "Acme" });
new section.Membership("acme-gita", { organization: acme.id, email: "gita@south.example", role: "admin" });
new section.Application("acme-www", { organization: acme.id, hostname: "www.acme.example", origin: "192.0.2.1" });
`;

describe("a client that leaves for another agency", () => {
    it("goes as docs/claims.md says: nothing changes, and the other agency's stack has it", () =>
        withFolder(async (folder) => {
            const platform = await startPlatform();
            await platform.signUp("gita@south.example");
            /** What is there, without whose it is, and whether people have accepted. */
            const see = async () =>
                JSON.stringify(await platform.api.get("/account/graph?detail=true"), (key, value) => {
                    if (key === "members")
                        return value.map((each: Record<string, string>) => [each.email, each.accountCapability]);
                    return key === "claim" || key === "engaged_checked_at" ? undefined : value;
                });
            const holdersOf = async (id: number) => {
                const graph: { id: number }[] = await platform.api.get("/account/graph?detail=true");
                const holders: string[] = [];
                JSON.stringify(
                    graph.find((each) => each.id === id),
                    (key, value) => {
                        if (key === "claim" && value) holders.push(`${value.project}/${value.stack}`);
                        return value;
                    },
                );
                return [...new Set(holders)];
            };
            /** A machine of one agency: its folder, its backend and its token. */
            const openAgency = async (name: string, token: string) => {
                const home = path.join(folder, name);
                await mkdir(home);
                await symlink(path.resolve("node_modules"), path.join(home, "node_modules"));
                const settings = { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: token };
                const environment = { ...(await engineVariables(home)), ...settings, NO_COLOR: "1" };
                return {
                    home,
                    engine: (cwd: string, ...words: string[]) =>
                        mustPulumi(words, { cwd, folder: home, environment: settings }),
                    command: async (cwd: string, ...words: string[]) => {
                        const result = await pulumiSection(words, { cwd, environment });
                        return { ...result, output: result.stdout + result.stderr };
                    },
                };
            };
            try {
                const north = await openAgency("north", platform.token);
                const program = path.join(north.home, "estate");
                await mkdir(program);
                await writeFile(path.join(program, "Pulumi.yaml"), "name: north\nruntime: nodejs\n");
                await writeFile(path.join(program, "index.js"), bakery + acme);
                await north.engine(program, "stack", "init", "prod");
                await north.engine(program, "up", "--yes", "--skip-preview");
                const before = await see();
                const accounts: { id: number; account_name: string }[] = await platform.api.get("/account");
                const { id } = accounts.find(({ account_name }) => account_name === "Acme") as { id: number };

                await writeFile(path.join(program, "index.js"), bakery);
                const { deployment } = JSON.parse(await north.engine(program, "stack", "export"));
                const { urn } = deployment.resources.find((each: { urn: string }) => each.urn.endsWith("::acme"));
                await north.engine(program, "state", "delete", urn, "--target-dependents", "--yes");
                assert.doesNotMatch(await north.engine(program, "preview"), /created|updated|deleted|replaced/);

                // until the claims are given up, the other agency gets no further
                const south = await openAgency("south", await platform.tokenFor("gita@south.example"));
                const place = path.join(south.home, "acme");
                const adopt = () =>
                    south.command(
                        south.home,
                        "adopt",
                        place,
                        "--organization",
                        String(id),
                        "--content",
                        "--stack",
                        "prod",
                    );
                const early = await adopt();
                assert.equal(early.code, 1);
                assert.match(early.output, /other stacks hold 4 of these things/);
                const released = await north.command(program, "drift", "--left", "release", "--yes");
                assert.equal(released.code, 0, released.output);
                const sessions = await readSessions("docs/claims.md");
                const shown = sessions.find(({ command }) => command.includes("--left release"))?.expected ?? "";
                assert.match(
                    steady(released.stdout)
                        .replaceAll(`${id}/`, "7/")
                        .replaceAll(`organization ${id} `, "organization 7 "),
                    patternOf(shown),
                );
                assert.deepEqual(await holdersOf(id), []);

                const adopted = await adopt();
                assert.equal(adopted.code, 0, adopted.output);
                assert.match(
                    adopted.stdout,
                    /^Adopted: the program declares what the platform has; nothing was changed\n/,
                );
                const holders = await holdersOf(id);
                assert.equal(holders.length, 1, holders.join());
                assert.doesNotMatch(holders.join(), /north/);
                assert.equal(await see(), before, "ids, people, sites and content are the same");
                assert.match(await north.engine(program, "preview"), /unchanged/);
            } finally {
                await platform.close();
            }
        }));
});
