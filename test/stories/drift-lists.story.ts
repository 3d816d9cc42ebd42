import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { mustGit } from "../support/git";
import { patternOf, readSessions, steady } from "../support/page-sessions";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import { mustPulumi } from "../support/pulumi";
import { engineVariables } from "../support/stack";

describe("drift of what a list of clients declares", () => {
    let platform: RunningPlatform;
    beforeEach(async () => {
        platform = await startPlatform();
    });
    afterEach(() => platform.close());

    /** Changes the origin of a site's Production by a push. Returns the id of the site. */
    async function changeOrigin(folder: string, hostname: string, from: string, to: string): Promise<string> {
        const { api, token } = platform;
        const accounts: { id: number }[] = await api.get("/account");
        const sites = await Promise.all(accounts.map(({ id }) => api.get(`/account/${id}/application`)));
        const site = sites.flat().find(({ application_name }) => application_name === hostname);
        const clone = path.join(folder, "clone");
        await mustGit(folder, token, "clone", "--quiet", "--branch", "Production", site.git_url, clone);
        const file = path.join(clone, "section.config.json");
        const text = await readFile(file, "utf8");
        assert.ok(text.includes(`"${from}"`), text);
        await writeFile(file, text.replaceAll(`"${from}"`, `"${to}"`));
        await mustGit(clone, token, "commit", "--all", "--quiet", "--message", "the origin moved");
        await mustGit(clone, token, "push", "--quiet");
        const [, account, application] = /account\/(\d+)\/application\/(\d+)/.exec(site.git_url) ?? [];
        return `${account}/${application}`;
    }

    async function changeRole(email: string, role: string): Promise<void> {
        const { api } = platform;
        for (const { id } of await api.get("/account")) {
            const people: { id: number; email: string }[] = await api.get(`/account/${id}/user`);
            const person = people.find((each) => each.email === email);
            if (person !== undefined)
                await api.must("POST", `/account/${id}/user/${person.id}`, { accountCapability: role });
        }
    }

    /** A copy of an example, applied. */
    async function openExample(folder: string, name: string) {
        const cwd = path.join(folder, "program");
        await cp(`examples/${name}`, cwd, { recursive: true });
        await symlink(path.resolve("node_modules"), path.join(cwd, "node_modules"));
        const environment = { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token };
        const options = { cwd, folder, environment };
        await mustPulumi(["stack", "init", "story"], options);
        await mustPulumi(["up", "--yes", "--skip-preview"], options);
        const variables = await engineVariables(folder);
        const PATH = `${path.resolve("node_modules/.bin")}${path.delimiter}${variables.PATH}`;
        const env = { ...process.env, ...variables, NO_COLOR: "1", ...environment, PATH };
        const run = (command: string) =>
            new Promise<{ code: number; output: string }>((resolve) => {
                execFile("sh", ["-c", command], { cwd, env }, (error, stdout, stderr) =>
                    resolve({ code: typeof error?.code === "number" ? error.code : 0, output: stdout + stderr }),
                );
            });
        return { cwd, options, run };
    }

    it("is named and taken over in the cells of clients.csv, as docs/drift.md shows; then nothing is left", () =>
        withFolder(async (folder) => {
            const { cwd, options, run } = await openExample(folder, "agency-from-csv");
            const file = path.join(cwd, "clients.csv");
            const before = await readFile(file, "utf8");
            await changeRole("olaf@acme.example", "admin");
            const id = await changeOrigin(folder, "www.acme.example", "origin.acme.example", "new-origin.acme.example");
            const [account] = id.split("/");
            // which client is the first one is up to the engine
            const asFirst = (text: string) =>
                text
                    .replaceAll(`${id}/Production`, "1/1/Production")
                    .replaceAll(`(${id})`, "(1/1)")
                    .replaceAll(`Acme Outdoor (${account})`, "Acme Outdoor (1)")
                    .replaceAll(`membership ${account}/`, "membership 1/");
            for (const { command, expected } of (await readSessions("docs/drift.md")).slice(6)) {
                const { code, output } = await run(command);
                assert.match(asFirst(steady(output)), patternOf(expected), output);
                assert.equal(code, 2, output);
            }
            assert.equal(
                await readFile(file, "utf8"),
                before
                    .replace("olaf@acme.example=readonly", "olaf@acme.example=admin")
                    .replace(",origin.acme.example", ",new-origin.acme.example"),
            );
            await mustPulumi(["refresh", "--yes", "--skip-preview"], options);
            assert.match(await mustPulumi(["preview"], options), /unchanged/);
            const { code, output } = await run("pulumi-section drift");
            assert.deepEqual([code, steady(output)], [0, "no drift: 20 of 20 resources are as declared\n"]);
        }));

    it("is named and taken over in the lines of clients.yaml, too", () =>
        withFolder(async (folder) => {
            const { cwd, options, run } = await openExample(folder, "agency-from-yaml");
            const file = path.join(cwd, "clients.yaml");
            const before = await readFile(file, "utf8");
            await changeRole("press@museum.example", "admin");
            await changeOrigin(folder, "www.museum.example", "origin.museum.example", "new-origin.museum.example");
            const named = await run("pulumi-section drift");
            assert.match(
                named.output,
                /"origin\.museum\.example" -> "new-origin\.museum\.example"\n +clients\.yaml:11:21\n/,
            );
            assert.match(named.output, /press@museum\.example, clients\.yaml:7:33\)\n +role: "state" -> "admin"\n/);
            const absorbed = await run("pulumi-section drift --absorb");
            for (const place of ["11:21", "7:33"])
                assert.match(absorbed.output, new RegExp(`^// clients\\.yaml:${place}: written$`, "m"));
            assert.deepEqual([named.code, absorbed.code], [2, 2]);
            assert.equal(
                await readFile(file, "utf8"),
                before
                    .replace("press@museum.example: state", "press@museum.example: admin")
                    .replace("origin: origin.museum.example", "origin: new-origin.museum.example"),
            );
            await mustPulumi(["refresh", "--yes", "--skip-preview"], options);
            assert.match(await mustPulumi(["preview"], options), /Resources:\n\s+\d+ unchanged/);
            const { code, output } = await run("pulumi-section drift");
            assert.equal(code, 0, output);
        }));
});
