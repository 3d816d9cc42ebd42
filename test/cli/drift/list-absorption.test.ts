import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Drift, DriftFinding } from "../../../cli/drift/find-drift";
import { ListAbsorption } from "../../../cli/drift/list-absorption";
import { ProgramLists } from "../../../cli/drift/program-lists";
import { sayDriftReport } from "../../../cli/drift/report";
import type { StateResource } from "../../../cli/engine/state";
import { withFolder } from "../../support/platform";

const program = `new section.Agency("agency", { clients: section.clientsFromCsv("clients.csv") });`;
const csv = `client,people,hostname,origin,aliases,staging.hostname,staging.origin,ipBlacklist
Acme,olaf@acme.example=readonly,www.acme.example,a.example,b.acme.example c.acme.example,s.acme.example,,192.0.2.1
Solo,,solo.example,o.example,,,,
`;

function resourceOf(kind: string, name: string, inputs: Record<string, unknown> = {}): StateResource {
    const urn = `urn:pulumi:dev::shop::section:index:Agency$pulumi-nodejs:dynamic/section:${kind}::${name}`;
    return { urn, name, kind, id: "1", inputs, outputs: {}, provider: "", secrets: [], noted: "index.ts" };
}

const environmentOf = (site: string, name: string, inputs: Record<string, unknown> = {}) =>
    resourceOf("environment", `agency/${site}/${name}`, { name, ...inputs });

const yamlProgram = `new section.Agency("agency", { clients: section.clientsFromYaml("clients.yaml") });`;
const yaml = `# ours
clients:
    - name: Acme
      people:
          olaf@acme.example: readonly # for now
      sites:
          - hostname: www.acme.example
            origin: 'a.example' # theirs
            aliases: [b.acme.example, c.acme.example]
`;

interface Absorbed {
    /** What a drift says before. */
    report: string;
    /** What was said of each difference. */
    lines: (string | undefined)[];
    /** The list afterwards. */
    text: string;
}

/** Takes over what differs, and writes it. A finding without `found` is of a thing that is gone. */
async function absorb(
    resources: readonly StateResource[],
    found: readonly (Record<string, unknown> | undefined)[],
    files: Readonly<Record<string, string>> = { "index.ts": program, "clients.csv": csv },
): Promise<Absorbed> {
    return withFolder(async (folder) => {
        for (const [file, text] of Object.entries(files)) {
            await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
            await writeFile(path.join(folder, file), text);
        }
        const lists = new ProgramLists(folder);
        const findings = await Promise.all(
            resources.flatMap(async (resource, index): Promise<DriftFinding> => {
                const now = found[index];
                const differences = Object.entries(now ?? {}).map(([key, to]) => ({
                    key,
                    from: resource.inputs[key],
                    to,
                }));
                const listed = await lists.find(resource);
                return { resource, listed, ...(now && { found: { ...resource.inputs, ...now }, differences }) };
            }),
        );
        const drift = { state: { resources }, findings, failures: [], left: [] } as unknown as Drift;
        const report = sayDriftReport(drift).replaceAll(`${folder}/`, "");
        const absorption = new ListAbsorption(drift);
        const lines = findings.flatMap((finding) =>
            finding.differences === undefined
                ? [absorption.take(finding)?.line]
                : finding.differences.map((difference) => absorption.take(finding, difference)?.line),
        );
        await absorption.write();
        const [file = ""] = Object.keys(files).filter((name) => name.startsWith("clients."));
        const text = await readFile(path.join(folder, file), "utf8");
        return { report, lines: lines.map((line) => line?.replaceAll(`${folder}/`, "")), text };
    });
}

describe("drift that goes into a list of clients", () => {
    it("is written where it stands, all of one run at once", async () => {
        const { lines, text } = await absorb(
            [
                resourceOf("membership", "agency/acme/olaf@acme.example", { role: "readonly" }),
                resourceOf("domain", "agency/acme/www.acme.example/b.acme.example"),
                resourceOf("domain", "agency/acme/www.acme.example/c.acme.example"),
                environmentOf("solo/solo.example", "Production"),
            ],
            [{ role: "admin" }, undefined, undefined, { origin: { address: "p.example" } }],
        );
        assert.deepEqual(lines, [
            "clients.csv:2, column people: written",
            "clients.csv:2, column aliases: written",
            "clients.csv:2: written",
            "clients.csv:3, column origin: written",
        ]);
        assert.equal(
            text,
            csv
                .replace("readonly", "admin")
                .replace("b.acme.example c.acme.example", "")
                .replace(",o.example,", ",p.example,"),
        );
    });

    it("is named by line and column of a YAML list, and written there", async () => {
        const { report, lines, text } = await absorb(
            [
                resourceOf("membership", "agency/acme/olaf@acme.example", { role: "readonly" }),
                resourceOf("domain", "agency/acme/www.acme.example/b.acme.example"),
                environmentOf("acme/www.acme.example", "Production", { origin: { address: "a.example" } }),
            ],
            [{ role: "admin" }, undefined, { origin: { address: "p.example" } }],
            { "index.ts": yamlProgram, "clients.yaml": yaml },
        );
        assert.match(report, /role: "readonly" -> "admin"\n +clients\.yaml:5:30\n/);
        assert.match(report, /origin\.address: "a\.example" -> "p\.example"\n +clients\.yaml:8:21\n/);
        assert.deepEqual(lines, [
            "clients.yaml:5:30: written",
            "clients.yaml:9:22: written",
            "clients.yaml:8:21: written",
        ]);
        assert.equal(
            text,
            yaml.replace("readonly", "admin").replace("b.acme.example, ", "").replace("a.example", "p.example"),
        );
    });

    it("of staging that has the site's origin becomes an origin of its own", async () => {
        const { lines, text } = await absorb(
            [environmentOf("acme/www.acme.example", "Staging")],
            [{ origin: { address: "s.example" } }],
        );
        assert.deepEqual(lines, ["clients.csv:2, column staging.origin: written"]);
        assert.equal(text, csv.replace("s.acme.example,,", "s.acme.example,s.example,"));
    });

    it("is refused where another environment would get it, too, until it has it", async () => {
        const origin = { address: "a.example" };
        const both = [
            environmentOf("acme/www.acme.example", "Production", { origin, ipBlacklist: ["192.0.2.1"] }),
            environmentOf("acme/www.acme.example", "Staging", { origin, ipBlacklist: ["192.0.2.1"] }),
        ];
        const now = { origin: { address: "p.example" }, ipBlacklist: ["192.0.2.2"] };
        const one = await absorb(both, [now, {}]);
        assert.deepEqual(one.lines, [
            "clients.csv:2, column origin: not written: agency/acme/www.acme.example/Staging gets its origin from the same place, and has another one on the platform. Give staging an origin of its own first, or put this one back with --revert.",
            "clients.csv:2, column ipBlacklist: not written: agency/acme/www.acme.example/Staging gets its ipBlacklist from the same place, and has another one on the platform. Put it back with --revert, or declare the site in the program.",
        ]);
        assert.equal(one.text, csv);
        const equal = await absorb(both, [{ ipBlacklist: now.ipBlacklist }, { ipBlacklist: now.ipBlacklist }]);
        assert.deepEqual(equal.lines, [
            "clients.csv:2, column ipBlacklist: written",
            "clients.csv:2, column ipBlacklist: written",
        ]);
        assert.equal(equal.text, csv.replace("192.0.2.1", "192.0.2.2"));
    });

    it("is refused where a list would mean something else, with the remedy", async () => {
        const { lines, text } = await absorb(
            [
                resourceOf("organization", "agency/acme", { name: "Acme" }),
                resourceOf("application", "agency/solo/solo.example"),
                environmentOf("acme/www.acme.example", "Staging"),
            ],
            [{ name: "Acme Ltd" }, undefined, undefined],
        );
        assert.deepEqual(lines, [
            "clients.csv:2, column client: not written: the key of this client comes from its name, and a client with another key is another client. Give the client its key in the list first: acme.",
            "clients.csv:3: not written: the command takes no application out of a list. Remove the site from the list.",
            "clients.csv:2: not written: the command takes no environment out of a list. Remove staging of the site from the list.",
        ]);
        assert.equal(text, csv);
    });

    it("stays with the program for staff, files and what no Agency declares", async () => {
        const www = {
            ...resourceOf("environment", "www", { name: "Production" }),
            urn: "urn:pulumi:dev::shop::x::www",
        };
        const { lines } = await absorb(
            [resourceOf("membership", "agency/acme/ada@agency.example"), www],
            [{ role: "state" }, { origin: { address: "x.example" } }],
        );
        assert.deepEqual(lines, [undefined, undefined]);
    });
});

describe("a variable of a site's files", () => {
    const header = "client,hostname,origin,staging.hostname,variables.ttl,staging.variables.ttl,client.variables.ttl";
    const list = `${header}
Acme,www.acme.example,a.example,s.acme.example,1h,,
Both,www.both.example,b.example,s.both.example,1h,5m,
Solo,solo.example,o.example,,,,1h
`;
    const take = (
        environments: [site: string, name: string][],
        { from = "1h", elsewhere = undefined as string | undefined } = {},
    ) =>
        withFolder(async (folder) => {
            await writeFile(path.join(folder, "index.ts"), program);
            await writeFile(path.join(folder, "clients.csv"), list);
            const lists = new ProgramLists(folder);
            const absorption = new ListAbsorption({ state: { resources: [] }, findings: [] } as unknown as Drift);
            const lines: (string | undefined)[] = [];
            for (const [site, name] of environments) {
                const resource = environmentOf(site, name);
                const finding = { resource, listed: await lists.find(resource) };
                const taken = absorption.takeVariable(finding, { name: "ttl", from, to: "2h" }, elsewhere);
                lines.push(taken?.line.replaceAll(`${folder}/`, ""));
            }
            await absorption.write();
            return { lines, text: await readFile(path.join(folder, "clients.csv"), "utf8") };
        });

    it("is written into its column, of the site or of staging", async () => {
        const production = await take([
            ["both/www.both.example", "Production"],
            ["solo/solo.example", "Production"],
        ]);
        assert.deepEqual(production.lines, [
            "clients.csv:3, column variables.ttl: written",
            "clients.csv:4, column variables.ttl: written",
        ]);
        assert.equal(
            production.text,
            list.replace(",1h,5m,", ",2h,5m,").replace("o.example,,,,1h", "o.example,,2h,,1h"),
        );
        const staging = await take([
            ["acme/www.acme.example", "Staging"],
            ["acme/www.acme.example", "Staging"],
        ]);
        assert.deepEqual(new Set(staging.lines), new Set(["clients.csv:2, column staging.variables.ttl: written"]));
        assert.equal(staging.text, list.replace(",1h,,", ",1h,2h,"));
    });

    it("stays where staging or another file would change, too, and where the list does not give the value", async () => {
        const shared = await take([["acme/www.acme.example", "Production"]]);
        const used = await take([["both/www.both.example", "Production"]], { elsewhere: "proxy/varnish/other.vcl" });
        const computed = await take([["both/www.both.example", "Production"]], { from: "60m" });
        assert.deepEqual(
            [shared, used, computed].flatMap(({ lines }) => lines),
            [
                "clients.csv:2, column variables.ttl: not written: staging of the site gets its ttl from the same place. Give staging a ttl of its own first, or put this one back with --revert.",
                "clients.csv:3, column variables.ttl: not written: proxy/varnish/other.vcl has {{ttl}}, too, and did not change. Write the value into the line, in place of the variable, or put it back with --revert.",
                undefined,
            ],
        );
        for (const { text } of [shared, used, computed]) assert.equal(text, list);
    });
});

describe("the list that a program reads", () => {
    const place = async (files: Readonly<Record<string, string>>, noted = "index.ts") =>
        withFolder(async (folder) => {
            for (const [file, text] of Object.entries(files)) {
                await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
                await writeFile(path.join(folder, file), text);
            }
            const resource = { ...resourceOf("organization", "agency/acme"), noted };
            const listed = await new ProgramLists(folder).find(resource);
            return listed && path.relative(folder, listed.list.file);
        });

    it("is the one that it names, also outside of its folder", async () => {
        const others = { "old/clients.csv": csv, "clients.yaml": "clients: [{ name: Acme }]\n" };
        assert.equal(await place({ ...others, "index.ts": `clientsFromYaml("clients.yaml")` }), "clients.yaml");
        assert.equal(
            await place({ "lists/c.csv": csv, "app/index.ts": `clientsFromCsv("../lists/c.csv")` }, "app/index.ts"),
            "lists/c.csv",
        );
    });

    it("is the only one beside it where it names none", async () => {
        const index = `clientsFromCsv(stack + ".csv")`;
        assert.equal(await place({ "index.ts": index, "dev.csv": csv, "Pulumi.yaml": "name: shop\n" }), "dev.csv");
        assert.equal(
            await place({ "index.ts": index, "dev.csv": csv, "prod.csv": csv }),
            undefined,
            "nobody knows which",
        );
    });

    it("is none where the program reads no list, or the list is wrong now", async () => {
        assert.equal(await place({ "index.ts": "new section.Agency()", "clients.csv": csv }), undefined);
        assert.equal(await place({ "index.ts": program, "clients.csv": "client,hostnam\n" }), undefined);
    });
});
