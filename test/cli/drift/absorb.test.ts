import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { absorbDrift } from "../../../cli/drift/absorb";
import type { Drift } from "../../../cli/drift/find-drift";
import { ProgramLists } from "../../../cli/drift/program-lists";
import type { StateResource } from "../../../cli/engine/state";
import { withFolder } from "../../support/platform";

const csv = "client,hostname,origin,variables.ttl\nAcme,www.acme.example,a.example,1h\n";
const files: Readonly<Record<string, string>> = {
    "index.ts": `new section.Agency("agency", { clients: section.clientsFromCsv("clients.csv"), baseConfig: "proxy" });`,
    "clients.csv": csv,
    "proxy/varnish/default.vcl": "vcl 4.0;\nset ttl = {{ttl}};\n# of {{client}}\n",
};
const file = "varnish/default.vcl";
const declared = "vcl 4.0;\nset ttl = 1h;\n# of Acme\n";

/** What is said of another text of Production's file, and the list afterwards. */
const absorb = (to: string) =>
    withFolder(async (folder) => {
        for (const [name, text] of Object.entries(files)) {
            await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
            await writeFile(path.join(folder, name), text);
        }
        const name = "agency/acme/www.acme.example/Production";
        const resource: StateResource = {
            urn: `urn:pulumi:dev::shop::section:index:Agency$pulumi-nodejs:dynamic/section:Environment::${name}`,
            ...{ name, kind: "environment", id: "1/1/Production", outputs: {}, provider: "", secrets: [] },
            inputs: { name: "Production", config: { [file]: declared } },
            noted: "index.ts",
        };
        const listed = await new ProgramLists(folder).find(resource);
        const differences = [{ key: "config", file, from: declared, to }];
        const drift = { state: { resources: [resource] }, findings: [{ resource, listed, differences }], left: [] };
        const said = await absorbDrift(drift as unknown as Drift, folder);
        return {
            lines: said.replaceAll(`${folder}/`, "").split("\n").slice(2),
            list: await readFile(path.join(folder, "clients.csv"), "utf8"),
        };
    });

describe("content that drifted in a line with a variable", () => {
    it("goes into the list that gives the variable its value", async () => {
        const { lines, list } = await absorb(declared.replace("1h", "2h"));
        assert.deepEqual(lines, [
            '// proxy/varnish/default.vcl:2: {{ttl}} is "2h" now; clients.csv:2, column variables.ttl: written',
        ]);
        assert.equal(list, csv.replace(",1h", ",2h"));
    });

    it("is said with the place of the line where the program gives the value, beside the patch of other lines", async () => {
        const { lines, list } = await absorb("vcl 4.0;\n# new\nset ttl = 1h;\n# of Acme Ltd\n");
        assert.deepEqual(lines.slice(0, 2), [
            '// proxy/varnish/default.vcl:3: {{client}} is "Acme Ltd" now: write it where the program gives the variable client the value "Acme"',
            "// the patch of proxy/varnish/default.vcl below",
        ]);
        assert.deepEqual(
            lines.filter((line) => /^[+-][^+-]/.test(line)),
            ["+# new"],
        );
        assert.equal(list, csv);
    });

    it("names the line that a person has to edit, and why", async () => {
        const { lines, list } = await absorb("vcl 4.0;\n# of Acme\n");
        assert.equal(
            lines[0],
            "// config: edit proxy/varnish/default.vcl:2 by hand: it has {{ttl}}, and the lines around it changed",
        );
        assert.equal(list, csv);
    });
});
