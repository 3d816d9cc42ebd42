import assert from "node:assert/strict";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { startPlatform, withFolder } from "../support/platform";
import { pulumiSection } from "../support/provider-command";
import { mustPulumi } from "../support/pulumi";
import { engineVariables } from "../support/stack";
import { startUp } from "../support/up";

/** Each stack declares the clients of its list; what a stack is called decides. */
const program = `
const pulumi = require("@pulumi/pulumi");
const section = require("pulumi-section");
for (const name of require("./clients.json")[pulumi.getStack()]) {
    const client = new section.Organization(name, { name });
    const hostname = "www." + name + ".example";
    const site = new section.Application(name + "-www", { organization: client.id, hostname, origin: "192.0.2.1" });
    new section.Environment(name + "-staging", { application: site.id, name: "Staging", hostname: "staging." + hostname });
    new section.Domain(name + "-shop", { environment: site.production, hostname: "shop." + name + ".example" });
    new section.Team(name + "-people", { organization: client.id, members: { "olga@agency.example": "admin", "jane@agency.example": "readonly" } });
}
`;

describe("a stack that is split by client", () => {
    it("as docs/scale.md says loses and replaces nothing, and each stack knows what is its own", () =>
        withFolder(async (folder) => {
            const platform = await startPlatform();
            const cwd = path.join(folder, "program");
            await mkdir(cwd);
            await symlink(path.resolve("node_modules"), path.join(cwd, "node_modules"));
            await writeFile(path.join(cwd, "index.js"), program);
            await writeFile(
                path.join(cwd, "Pulumi.yaml"),
                "name: estate\nruntime:\n    name: nodejs\n    options:\n        typescript: false\n",
            );
            const declare = (clients: Record<string, string[]>) =>
                writeFile(path.join(cwd, "clients.json"), JSON.stringify(clients));
            const settings = { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token };
            const environment = { ...(await engineVariables(folder)), ...settings };
            const options = { cwd, folder, environment };
            const up = async (stack: string) => {
                const { code, output } = await startUp(["--yes", "--stack", stack], cwd, environment).finished;
                assert.equal(code, 0, output);
                return output;
            };
            const list = async (stack: string): Promise<{ urn: string; id?: string }[]> =>
                JSON.parse(await mustPulumi(["stack", "export", "--stack", stack], options)).deployment.resources;
            /** Ids on the platform, and who holds what. */
            const see = async () => {
                const graph = await platform.api.get("/account/graph?detail=true");
                const ids = JSON.stringify(graph, (key, value) => (key === "claim" ? undefined : value));
                const claims: string[] = [];
                JSON.stringify(graph, (key, value) => {
                    if (key === "claim" && value) claims.push(`${value.stack} ${value.resource}`);
                    return value;
                });
                return { ids, claims: claims.sort() };
            };
            try {
                await declare({ all: ["acme", "bakery"] });
                await mustPulumi(["stack", "init", "all"], options);
                await up("all");
                const before = await see();
                assert.equal(before.claims.length, 12, before.claims.join());

                await mustPulumi(["stack", "init", "bakery"], options);
                const organization = (await list("all")).find(({ urn }) => urn.endsWith("::bakery"))?.id as string;
                const urns = (await list("all"))
                    .filter(({ id }) => id === organization || id?.startsWith(`${organization}/`))
                    .map(({ urn }) => urn);
                assert.equal(urns.length, 5);
                await mustPulumi(["state", "move", "--source", "all", "--dest", "bakery", "--yes", ...urns], options);
                await declare({ all: ["acme"], bakery: ["bakery"] });

                const moved = await up("bakery");
                assert.match(moved, /6 unchanged/);
                assert.match(moved, /^claims of 6 things that moved here from estate\/all name this stack now$/m);
                assert.doesNotMatch(await up("bakery"), /that moved here/);
                assert.match(await mustPulumi(["preview", "--stack", "all"], options), /6 unchanged/);
                const after = await see();
                assert.equal(after.ids, before.ids);
                assert.deepEqual(
                    after.claims,
                    before.claims
                        .map((each) => (each.includes("bakery") ? each.replace("all ", "bakery ") : each))
                        .sort(),
                );
                for (const stack of ["all", "bakery"]) {
                    const { code, stdout } = await pulumiSection(["drift", "--stack", stack], options);
                    assert.equal(code, 0, stdout);
                }
                await mustPulumi(["destroy", "--yes", "--skip-preview", "--stack", "all"], options);
                const names = (await platform.api.get("/account")).map(
                    ({ account_name }: { account_name: string }) => account_name,
                );
                assert.deepEqual(names, ["bakery"]);
                await mustPulumi(["destroy", "--yes", "--skip-preview", "--stack", "bakery"], options);
                assert.deepEqual(await platform.api.get("/account"), []);
            } finally {
                await platform.close();
            }
        }));
});
