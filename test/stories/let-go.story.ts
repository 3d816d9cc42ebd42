import assert from "node:assert/strict";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { startPlatform, withFolder } from "../support/platform";
import { pulumiSection } from "../support/provider-command";
import { mustPulumi, pulumi } from "../support/pulumi";
import { engineVariables } from "../support/stack";
import { startUp } from "../support/up";

const program = `
const pulumi = require("@pulumi/pulumi");
const section = require("pulumi-section");
for (const name of require("./clients.json")[pulumi.getStack()]) {
    const client = new section.Organization(name, { name });
    new section.Application(name + "-www", { organization: client.id, hostname: "www." + name + ".example", origin: "192.0.2.1" });
}
`;

describe("a guard of a stack that has let things go", () => {
    it("counts none of them, whether the state forgot them or moved them, and counts every real deletion", () =>
        withFolder(async (folder) => {
            const platform = await startPlatform();
            const cwd = path.join(folder, "program");
            await mkdir(cwd);
            await symlink(path.resolve("node_modules"), path.join(cwd, "node_modules"));
            await writeFile(path.join(cwd, "index.js"), program);
            await writeFile(
                path.join(cwd, "Pulumi.yaml"),
                "name: estate\nruntime:\n    name: nodejs\n    options:\n        typescript: false\nconfig:\n    section:maxDeletes:\n        value: 1\n",
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
            const preview = async (stack: string) => (await pulumi(["preview", "--stack", stack], options)).output;
            const urnsOf = async (stack: string, client: string): Promise<string[]> =>
                JSON.parse(
                    await mustPulumi(["stack", "export", "--stack", stack], options),
                ).deployment.resources.flatMap(({ urn }: { urn: string }) =>
                    urn.endsWith(`::${client}`) || urn.endsWith(`::${client}-www`) ? [urn] : [],
                );
            const clientsThere = async () =>
                (await platform.api.get("/account")).map((each: { account_name: string }) => each.account_name).sort();
            const all = ["acme", "bakery", "caterer", "delta"];
            try {
                await declare({ all });
                await mustPulumi(["stack", "init", "all"], options);
                await up("all");

                // moved to another stack
                await mustPulumi(["stack", "init", "bakery"], options);
                const moved = await urnsOf("all", "bakery");
                await mustPulumi(["state", "move", "--source", "all", "--dest", "bakery", "--yes", ...moved], options);
                const [acme, , caterer, delta] = all as [string, string, string, string];
                await declare({ all: [acme, caterer, delta], bakery: ["bakery"] });
                assert.match(await preview("all"), /After pulumi state move, run pulumi-section up in the other stack/);
                await up("bakery");
                const allowed = await preview("all");
                assert.doesNotMatch(allowed, /would be deleted/);
                assert.match(allowed, /stays:\n.* {2}bakery: organization bakery, site www\.bakery\.example\n/);
                assert.doesNotMatch(allowed, /- .*delete/);

                // forgotten
                for (const urn of (await urnsOf("all", "caterer")).reverse())
                    await mustPulumi(["state", "delete", "--yes", "--stack", "all", urn], options);
                await declare({ all: [acme, delta], bakery: ["bakery"] });
                assert.match(
                    await preview("all"),
                    /2 things would be deleted.*then pulumi-section drift --left release/s,
                );
                await pulumiSection(["drift", "--left", "release", "--yes", "--stack", "all"], options);
                assert.match(await preview("all"), /caterer: organization caterer, site www\.caterer\.example/);

                // really deleted, with what was let go, and after the stack got another name
                await declare({ all: [acme], every: [acme] });
                assert.match(await preview("all"), /2 things would be deleted at once.*delta: organization delta/s);
                await mustPulumi(["stack", "rename", "--stack", "all", "every"], options);
                assert.match(await preview("every"), /2 things would be deleted at once.*delta: organization delta/s);
                const one = { ...environment, SECTION_MAX_DELETES: "2" };
                await mustPulumi(["up", "--yes", "--skip-preview", "--stack", "every"], {
                    ...options,
                    environment: one,
                });
                assert.deepEqual(await clientsThere(), ["acme", "bakery", "caterer"]);
                await declare({ every: [] });
                assert.match(await preview("every"), /2 things would be deleted at once.*acme: organization acme/s);
            } finally {
                await platform.close();
            }
        }));
});
