import assert from "node:assert/strict";
import { cp, readFile, symlink, writeFile } from "node:fs/promises";
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
});
