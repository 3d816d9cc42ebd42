import assert from "node:assert/strict";
import { cp, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { startPlatform, withFolder } from "../support/platform";
import { mustPulumi, pulumi } from "../support/pulumi";

it("experiment", async () => {
    const platform = await startPlatform();
    await withFolder(async (folder) => {
        const cwd = path.join(folder, "program");
        await cp("examples/review", cwd, { recursive: true });
        await symlink(path.resolve("node_modules"), path.join(cwd, "node_modules"));
        const environment = { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token };
        const options = { cwd, folder, environment };
        await mustPulumi(["stack", "init", "production"], options);
        await mustPulumi(["config", "set", "--secret", "password", "first-Secret-1"], options);
        await writeFile("/tmp/review-exp/new.json", (await pulumi(["preview", "--json", "--show-sames"], options)).output);
        await mustPulumi(["up", "--yes", "--skip-preview"], options);
        const edit = async (file: string, ...pairs: [string, string][]) => {
            const at = path.join(cwd, file);
            let text = await readFile(at, "utf8");
            for (const [from, to] of pairs) {
                assert.ok(text.includes(from), `${file} ${from}`);
                text = text.replace(from, to);
            }
            await writeFile(at, text);
        };
        await writeFile("/tmp/review-exp/same.json", (await pulumi(["preview", "--json", "--show-sames"], options)).output);
        await edit("proxy/varnish/default.vcl", ["grace = 1h", "grace = 6h"]);
        await edit("museum/varnish/default.vcl", ["grace = 10s", "grace = 20s"]);
        await edit("clients.yaml", ["          - hostname: old.acme.example\n            origin: 192.0.2.11\n", ""], ["joe@acme.example: readonly", "joe@acme.example: admin"], ["192.0.2.70", "192.0.2.170"]);
        await edit("index.ts", ["shop.studio.example", "store.studio.example"], ['"joe@acme.example": "readonly"', '"ada@agency.example": { role: "state", until: "2027-06-30" }']);
        await mustPulumi(["config", "set", "--secret", "password", "second-Secret-2"], options);
        await writeFile("/tmp/review-exp/change.json", (await pulumi(["preview", "--json", "--show-sames"], options)).output);
        await writeFile("/tmp/review-exp/refresh.json", (await pulumi(["preview", "--json", "--show-sames", "--refresh"], options)).output);
        await edit("clients.yaml", ["origin: 192.0.2.10", "origin: http://192.0.2.10/x"]);
        await edit("index.ts", ['"olga@agency.example": "admin", "ada', '"olga@agency.example": "readonly", "ada']);
        await writeFile("/tmp/review-exp/refused.json", (await pulumi(["preview", "--json", "--show-sames"], options)).output);
    });
    await platform.close();
});
