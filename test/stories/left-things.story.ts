import assert from "node:assert/strict";
import { cp, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { startFaultProxy } from "../support/fault-proxy";
import { patternOf, readSessions, steady } from "../support/page-sessions";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import { pulumiSection } from "../support/provider-command";
import { mustPulumi, startPulumi } from "../support/pulumi";
import { engineVariables } from "../support/stack";

const declareSite = (name: string) =>
    `\nnew section.Application("acme-${name}", { organization: acme.id, hostname: "${name}.acme.example", origin: "origin.acme.example" });\n`;

describe("what an up left that was killed", () => {
    let platform: RunningPlatform;
    beforeEach(async () => {
        platform = await startPlatform();
    });
    afterEach(() => platform.close());

    it("is listed by drift as docs/drift.md shows, is adopted by the lines that it prints, or removed", () =>
        withFolder(async (folder) => {
            const cwd = path.join(folder, "program");
            await cp("examples/drift", cwd, { recursive: true });
            await symlink(path.resolve("node_modules"), path.join(cwd, "node_modules"));
            const proxy = await startFaultProxy(platform.url);
            const environment = { SECTION_ENDPOINT: proxy.url, SECTION_TOKEN: platform.token };
            const options = { cwd, folder, environment };
            const variables = { ...(await engineVariables(folder)), ...environment, NO_COLOR: "1" };
            const drift = (...args: string[]) => pulumiSection(["drift", ...args], { cwd, environment: variables });
            const listSites = async () =>
                (await platform.api.get("/account/1/application")).map(
                    ({ application_name }: { application_name: string }) => application_name,
                );
            try {
                await mustPulumi(["stack", "init", "story"], options);
                await mustPulumi(["up", "--yes", "--skip-preview"], options);
                const program = path.join(cwd, "index.ts");
                const declared = await readFile(program, "utf8");
                await writeFile(program, declared + declareSite("blog") + declareSite("news"));
                // both sites are made, but no reply comes, and the engine is killed
                proxy.decide(({ method, path: url }) => {
                    if (method === "GET") return "pass";
                    return url.endsWith("/application/create") ? "lose-reply" : "hold";
                });
                const run = await startPulumi(["up", "--yes", "--skip-preview"], options);
                while ((await listSites()).length < 3) await new Promise((resolve) => setTimeout(resolve, 20));
                await run.kill();
                proxy.decide(() => "pass");
                await mustPulumi(["cancel", "--yes", "story"], options);
                await writeFile(program, declared);
                assert.match(await mustPulumi(["preview"], options), /6 unchanged/, "nothing else would tell of them");

                // while an up may still be making them, nothing is removed
                const early = await drift("--left", "remove", "--yes");
                assert.equal(early.code, 2, early.stderr);
                assert.match(early.stdout, /^ {2}application 1\/2 \(acme-\w+\), claimed .* UTC, begun by an up$/m);
                assert.match(early.stdout, /^application 1\/3 stays: an up is making it, or was killed/m);
                assert.equal((await listSites()).length, 3);
                await mustPulumi(["refresh", "--yes", "--clear-pending-creates"], options);

                const [listing, removal] = (await readSessions("docs/drift.md")).slice(4);
                const listed = await drift();
                assert.equal(listed.code, 2, listed.stderr);
                // which of the two comes first is the engine's
                const shown = (text: string) =>
                    text
                        .split("\n")
                        .map((line) => line.replaceAll(/1\/[23]/g, "ID"))
                        .sort();
                assert.deepEqual(shown(steady(listed.stdout)), shown(steady(listing?.expected ?? "")));

                const { left } = JSON.parse((await drift("--json")).stdout);
                const blog = left.find(({ name }: { name: string }) => name === "acme-blog");
                await writeFile(program, `${declared}\n${blog.statement}\n`);
                assert.match(await mustPulumi(["up", "--yes"], options), /acme-blog goes on with it/);

                const removed = await drift("--left", "remove", "--yes");
                assert.equal(removed.code, 0, removed.stdout + removed.stderr);
                assert.match(
                    steady(removed.stdout).replaceAll(/application 1\/[23]/g, "application 1/3"),
                    patternOf(removal?.expected ?? ""),
                );
                assert.deepEqual(await listSites(), ["www.acme.example", "blog.acme.example"]);
                assert.match(await mustPulumi(["preview"], options), /Resources:\n\s+7 unchanged/);
            } finally {
                await proxy.close();
            }
        }));

    it("stays, all of it, when more would go than section:maxDeletes; a client of a list is taken back by its row", () =>
        withFolder(async (folder) => {
            const cwd = path.join(folder, "program");
            await cp("examples/agency-from-csv", cwd, { recursive: true });
            await symlink(path.resolve("node_modules"), path.join(cwd, "node_modules"));
            const environment = { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token };
            const options = { cwd, folder, environment };
            const variables: Record<string, string> = {
                ...(await engineVariables(folder)),
                ...environment,
                NO_COLOR: "1",
            };
            const drift = (...args: string[]) => pulumiSection(["drift", ...args], { cwd, environment: variables });
            const graph = async () => JSON.stringify(await platform.api.get("/account/graph?detail=true"));
            await mustPulumi(["stack", "init", "story"], options);
            await mustPulumi(["up", "--yes", "--skip-preview"], options);
            const exported = JSON.parse(await mustPulumi(["stack", "export"], options));
            const acme = exported.deployment.resources.find(({ urn }: { urn: string }) =>
                urn.endsWith("/acme-outdoor"),
            );
            await mustPulumi(["state", "delete", acme.urn, "--target-dependents", "--yes"], options);
            const before = await graph();

            // the limit of the stack counts, wherever the endpoint is set
            await mustPulumi(["config", "set", "section:maxDeletes", "4"], options);
            const refused = await drift("--left", "remove", "--yes");
            assert.equal(refused.code, 1, refused.stdout);
            assert.match(
                refused.stderr,
                /5 things would be deleted at once \(1 organization, 2 sites, 2 environments\), and section:maxDeletes is 4\. Nothing was removed/,
            );
            assert.equal(refused.stderr.split("at once").length, 2, "it is said once");
            assert.match(
                refused.stdout,
                /the client acme-outdoor \("Acme Outdoor"\) of the Agency agency declares it: put that client back into clients\.csv\n/,
            );
            assert.doesNotMatch(refused.stdout, /new section\./);
            assert.equal(await graph(), before);

            variables.SECTION_MAX_DELETES = "5";
            const removed = await drift("--left", "remove", "--yes");
            assert.equal(removed.code, 0, removed.stdout + removed.stderr);
            assert.equal((await platform.api.get("/account")).length, 1);
        }));

    it("is not what another stack has in its state, though its claim still names the old stack", () =>
        withFolder(async (folder) => {
            const cwd = path.join(folder, "program");
            await mkdir(cwd);
            await symlink(path.resolve("node_modules"), path.join(cwd, "node_modules"));
            await writeFile(
                path.join(cwd, "index.js"),
                `const section = require("pulumi-section");
const stack = require("@pulumi/pulumi").getStack();
for (const name of stack === "old" ? ["acme", "bakery"] : []) new section.Organization(name, { name });`,
            );
            await writeFile(path.join(cwd, "Pulumi.yaml"), "name: estate\nruntime: nodejs\n");
            const environment = { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token };
            const options = { cwd, folder, environment };
            const variables = { ...(await engineVariables(folder)), ...environment, NO_COLOR: "1" };
            const drift = (...args: string[]) =>
                pulumiSection(["drift", "--stack", "old", ...args], { cwd, environment: variables });
            await mustPulumi(["stack", "init", "old"], options);
            await mustPulumi(["up", "--yes", "--skip-preview"], options);
            const resources = JSON.parse(await mustPulumi(["stack", "export"], options)).deployment.resources;
            const bakery = resources.find(({ urn }: { urn: string }) => urn.endsWith("::bakery"));
            // into a stack of another project
            const shop = { ...options, cwd: path.join(folder, "shop") };
            await mkdir(shop.cwd);
            await writeFile(path.join(shop.cwd, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
            await mustPulumi(["stack", "init", "new"], shop);
            const [source, dest] = ["organization/estate/old", "organization/shop/new"];
            await mustPulumi(["state", "move", "--source", source, "--dest", dest, "--yes", bakery.urn], options);
            for (const way of ["remove", "release"]) {
                const { code, stdout, stderr } = await drift("--left", way, "--yes");
                assert.equal(code, 2, stderr);
                assert.match(stdout, /the state of stack organization\/shop\/new has it: it is not left\n/);
                assert.match(stdout, /^organization \d+ stays: the state of stack organization\/shop\/new has it$/m);
            }
            const claims = (await platform.api.get("/account/graph?detail=true")).map(
                ({ claim }: { claim?: { stack: string } }) => claim?.stack,
            );
            assert.deepEqual(claims, ["old", "old"]);
        }));
});
