import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { isProblem } from "section-model";
import { writeFolder, writeProgram } from "../../../cli/export/export-estate";
import type { ImportFile } from "../../../cli/export/import-file";
import { resourcesOf } from "../../../cli/export/inventory";
import { readContent } from "../../../cli/export/seen-content";
import { takeInventory } from "../../../cli/export/take-inventory";
import { findEnvironment } from "../../../provider/lookup/find";
import { mustGit } from "../../support/git";
import { withFolder } from "../../support/platform";
import { openTestSession, type TestSession } from "../../support/provider";
import { fresh } from "../../support/stores";

const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0xff]);

/** A site whose Staging has files of every sort. */
async function makeSite(session: TestSession) {
    const { api, token } = session.platform;
    const hostname = `${fresh("inventory")}.acme.example`;
    const { account, application, gitUrl } = await api.makeSite(fresh("Client "), hostname);
    await api.must("POST", `/account/${account}/application/${application}/environment/create`, {
        name: "Staging",
        source_environment_name: "Production",
        domain_name: `staging.${hostname}`,
    });
    await withFolder(async (folder) => {
        const clone = path.join(folder, "clone");
        await mustGit(folder, token, "clone", "--quiet", "--branch", "Staging", gitUrl, clone);
        await mkdir(path.join(clone, "docs"));
        await writeFile(path.join(clone, "varnish", "template.txt"), "Hello {{ name }}\r\nä");
        await writeFile(path.join(clone, "varnish", "picture.png"), picture);
        await writeFile(path.join(clone, "varnish", "large.txt"), "x".repeat(300 * 1024));
        await writeFile(path.join(clone, "docs", "README.md"), "somebody else's\n");
        await writeFile(path.join(clone, "varnish", "run.sh"), "#!/bin/sh\n", { mode: 0o755 });
        await mustGit(clone, token, "add", "--all");
        await mustGit(clone, token, "commit", "--quiet", "--message", "files");
        await mustGit(clone, token, "push", "--quiet");
    });
    return { organization: String(account), id: `${account}/${application}`, hostname };
}

describe("an inventory of an estate", function () {
    this.timeout(60_000);

    it("without content names what there is and clones nothing", async () => {
        const session = await openTestSession();
        const { organization, id, hostname } = await makeSite(session);
        const inventory = await takeInventory(session, { organizations: [organization], content: false });
        assert.deepEqual(inventory.leftOut, []);
        assert.deepEqual(
            resourcesOf(inventory).map(({ kind, name, recorded }) => [
                kind,
                name.replace(/^client-[^/]*/, "client"),
                recorded.id,
            ]),
            [
                ["organization", "client", organization],
                ["membership", "client/olga@agency.example", `${organization}/olga@agency.example`],
                ["application", hostname, id],
                ["environment", `${hostname}/Staging`, `${id}/Staging`],
            ],
        );
    });

    it("with content has origins, proxies and text files of proxies; the others stay whose they are, with the reason", async () => {
        const session = await openTestSession();
        const { organization, id } = await makeSite(session);
        const { clients, leftOut } = await takeInventory(session, { organizations: [organization], content: true });
        assert.deepEqual(leftOut.map(({ id: at, what, because }) => `${at} ${what} ${because}`).sort(), [
            `${id}/Staging file varnish/large.txt has 307200 bytes, more than the 262144 of a text file`,
            `${id}/Staging file varnish/run.sh is executable, which configFrom refuses`,
        ]);
        const staging = clients[0]?.sites[0]?.environments[1]?.environment ?? assert.fail("no Staging");
        const { config, ...rest } = staging.recorded.inputs as {
            config: Record<string, unknown>;
            origin: unknown;
            proxyChain: unknown;
        };
        assert.deepEqual(
            { origin: rest.origin, proxyChain: rest.proxyChain, files: Object.keys(config).sort() },
            {
                origin: { address: "origin.example.net" },
                proxyChain: [{ name: "varnish", image: "varnish:6.3.1" }],
                files: [
                    "custom_errors/500.html.sample",
                    "varnish/default.vcl",
                    "varnish/picture.png",
                    "varnish/proxy-features.json",
                    "varnish/template.txt",
                ],
            },
        );
        assert.deepEqual(
            Object.keys(config["varnish/picture.png"] as object),
            ["bytes", "blob"],
            "a state has no bytes of binary files",
        );
        assert.deepEqual(staging.files?.get("varnish/picture.png"), picture);
        assert.equal(config["varnish/template.txt"], "Hello {{ name }}\r\nä");
        assert.equal(
            staging.files?.has("varnish/template.txt"),
            false,
            "what configFrom would fill in stands in the program",
        );
        const { files } = await readContent(
            session,
            await findEnvironment(session.client, { id: `${id}/Staging` }),
            () => {},
        );
        assert.deepEqual(files, staging.files);

        await withFolder(async (folder) => {
            const program = writeProgram(
                { clients, leftOut },
                { endpoint: "https://platform.example", version: "0.1.0", way: "dynamic" },
            );
            await mkdir(path.join(folder, "node_modules"));
            await writeFolder(folder, program);
            const slug = clients[0]?.slug;
            assert.deepEqual(
                [...program.keys()].filter((file) => !file.startsWith("content/")),
                [
                    "Pulumi.yaml",
                    "package.json",
                    "tsconfig.json",
                    ".gitignore",
                    "index.ts",
                    `clients/${slug}.ts`,
                    "import.json",
                ],
            );
            const { resources, export: about } = JSON.parse(
                await readFile(path.join(folder, "import.json"), "utf8"),
            ) as ImportFile;
            assert.deepEqual(
                [resources.length, about.endpoint, about.leftOut.length],
                [5, "https://platform.example", 2],
            );
            assert.deepEqual(resources.at(-1)?.inputs, staging.recorded.inputs);
            await assert.rejects(
                writeFolder(folder, program),
                (error) => isProblem(error) && /is not empty: it has Pulumi\.yaml/.test(error.message),
            );
        });
    });
});
