import assert from "node:assert/strict";
import { cp, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { type SectionPolicy, sectionPolicies } from "pulumi-section-policy";
import { issueChain } from "../support/certificates";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import { type PulumiOptions, type PulumiRun, pulumi } from "../support/pulumi";

const pack = path.resolve("policy/pack");
const dayMs = 86_400_000;

const breaks = `
const section = require("pulumi-section");
const { publicCertificates, privateKey } = require("./certificate.json");

const acme = new section.Organization("Acme Ltd", { name: "Acme" });
new section.Membership("acme-jane", { organization: acme.id, email: "jane@agency.example", role: "admin" });
new section.Membership("acme-jo", { organization: acme.id, email: "jo@gmail.com", role: "state" });
const www = new section.Application("acme-www", { organization: acme.id, hostname: "www.acme.example", origin: "acme.c.section.io" });
new section.Environment("acme-production", {
    application: www.id,
    name: "Production",
    origin: "shop.acme.example",
    proxyChain: [{ name: "threatx", image: "threatx:latest" }],
    config: { "threatx/README.md": "What ThreatX blocks.\\n" },
});
new section.Domain("acme-shop", { environment: www.production, hostname: "shop.acme.example", certificate: { publicCertificates, privateKey } });
`;

const keeps = `
const section = require("pulumi-section");
const { publicCertificates, privateKey } = require("./certificate.json");

const kept = { protect: true };
const acme = new section.Organization("acme", { name: "Acme" }, kept);
new section.Team("acme-team", {
    organization: acme.id,
    members: { "olga@agency.example": "admin", "jane@agency.example": "admin", "jo@gmail.com": "readonly" },
});
const www = new section.Application("acme-www", { organization: acme.id, hostname: "www.acme.example", origin: "origin.acme.example" }, kept);
const staging = new section.Environment("acme-staging", {
    application: www.id,
    name: "Staging",
    hostname: "staging.acme.example",
    proxyChain: [{ name: "varnish", image: "varnish:6.3.1" }],
});
new section.Domain("acme-shop", { environment: www.production, hostname: "shop.acme.example", certificate: { publicCertificates, privateKey } });
`;

/** One violation as the engine prints it: level, rule, resource and the lines below. */
interface Printed {
    level: string;
    rule: string;
    resource: string;
    text: string;
}

function violationsIn(output: string): Printed[] {
    const block = /^Policies:\n([\s\S]*?)(?=^\S)/m.exec(`${output}\nend`)?.[1] ?? "";
    return [...block.matchAll(/^ {8}- \[(\w+)\] {2}(\S+) {2}\(([^)]*)\)\n((?: {10}.*\n)*)/gm)].map(
        ([, level = "", rule = "", resource = "", text = ""]) => ({
            level,
            rule,
            resource,
            text: text.replaceAll(/^ {10}/gm, "").trimEnd(),
        }),
    );
}

/** A section of the page: a heading with the text below it. */
function sectionOf(page: string, heading: string): string {
    return page.split(/^(?=### )/m).find((part) => part.startsWith(`### ${heading}\n`)) ?? "";
}

const blockOf = (section: string) => /^```text\n(.*?)\n^```$/ms.exec(section)?.[1] ?? "";
const steady = (text: string) => text.replaceAll(/\d{4}-\d\d-\d\d/g, "DAY");

/** The lines that a page has to have about the settings of a rule. */
function rowsOf({ configSchema: { properties } }: SectionPolicy): string[] {
    return Object.entries(properties)
        .filter(([name]) => name !== "except")
        .map(
            ([name, { default: value, description }]) =>
                `| \`${name}\` | \`${JSON.stringify(value)}\` | ${description} |`,
        );
}

describe("the policy pack", () => {
    let platform: RunningPlatform;
    before(async () => {
        platform = await startPlatform();
    });
    after(() => platform.close());

    /** A project with a program, and a function that runs it under a pack. */
    async function openProject(folder: string, days: number) {
        const cwd = path.join(folder, "project");
        await mkdir(cwd);
        await symlink(path.resolve("node_modules"), path.join(cwd, "node_modules"));
        await writeFile(
            path.join(cwd, "package.json"),
            JSON.stringify({ name: "agency", version: "1.0.0", main: "index.js" }),
        );
        await writeFile(
            path.join(cwd, "Pulumi.yaml"),
            "name: agency\nruntime:\n    name: nodejs\n    options:\n        typescript: false\n        nodeargs: --import tsx\n",
        );
        const { publicCertificates, privateKey } = await issueChain(["shop.acme.example"], {
            until: new Date(Date.now() + (days + 0.5) * dayMs),
        });
        await writeFile(path.join(cwd, "certificate.json"), JSON.stringify({ publicCertificates, privateKey }));
        const options: PulumiOptions = {
            cwd,
            folder,
            environment: { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token },
        };
        const run = async (
            args: string[],
            program: string,
            config?: object,
            at = pack,
        ): Promise<PulumiRun & { violations: Printed[] }> => {
            await writeFile(path.join(cwd, "index.js"), program);
            const file = path.join(folder, "policy-config.json");
            if (config !== undefined) await writeFile(file, JSON.stringify(config));
            const choice = ["--policy-pack", at, ...(config === undefined ? [] : ["--policy-pack-config", file])];
            const done = await pulumi([...args, ...choice], options);
            assert.doesNotMatch(done.output, /PRIVATE KEY/);
            return { ...done, violations: violationsIn(done.output) };
        };
        assert.equal((await pulumi(["stack", "init", "story"], options)).code, 0);
        return { cwd, run };
    }

    it("a program that breaks every rule is refused at preview with all violations, each as docs/policy.md shows it", () =>
        withFolder(async (folder) => {
            const { run } = await openProject(folder, 10);
            const { code, output, violations } = await run(["preview"], breaks);
            assert.notEqual(code, 0, output);
            const page = await readFile("docs/policy.md", "utf8");
            assert.deepEqual(
                [...page.matchAll(/^### (section-\S+)$/gm)].map(([, name]) => name),
                sectionPolicies.map(({ name }) => name),
            );
            for (const policy of sectionPolicies) {
                const { name, enforcementLevel, description } = policy;
                const own = violations.filter(({ rule }) => rule === name);
                assert.ok(own.length > 0, `${name} is not broken:\n${output}`);
                for (const { level } of own) assert.equal(level, enforcementLevel, name);
                const section = sectionOf(page, name);
                assert.ok(section.includes(`${description} By default ${enforcementLevel}.`), name);
                for (const row of rowsOf(policy))
                    assert.ok(section.includes(row), `docs/policy.md does not say\n${row}`);
                assert.ok(
                    own.some(({ text }) => steady(text) === steady(blockOf(section))),
                    `docs/policy.md shows another violation of ${name} than\n${own.map(({ text }) => text).join("\n")}`,
                );
            }
            assert.deepEqual(await platform.api.get("/account"), [], "nothing was made");
            console.log(`      ${violations.length} violations of ${sectionPolicies.length} rules`);

            // the settings that a violation names do allow it
            const allowed: Record<string, Record<string, unknown>> = {};
            for (const { text } of violations) {
                const [[rule, settings]] = Object.entries(
                    JSON.parse(/^Allow: (.*) in the policy configuration\.$/m.exec(text)?.[1] ?? "{}"),
                ) as [[string, Record<string, unknown>]];
                for (const [key, value] of Object.entries(settings))
                    allowed[rule] = {
                        ...allowed[rule],
                        [key]: Array.isArray(value)
                            ? [...((allowed[rule]?.[key] as unknown[]) ?? []), ...value]
                            : value,
                    };
            }
            const free = await run(["preview"], breaks, allowed);
            assert.equal(free.code, 0, free.output);
            assert.deepEqual(free.violations, []);
        }));

    it("a program that keeps the rules goes to an empty preview, and no further than stricter settings let it", () =>
        withFolder(async (folder) => {
            const { run } = await openProject(folder, 60);
            const up = await run(["up", "--yes", "--skip-preview"], keeps);
            assert.equal(up.code, 0, up.output);
            assert.match(up.output, /\+ 6 created/);
            const preview = await run(["preview"], keeps);
            assert.match(preview.output, /6 unchanged/);
            assert.doesNotMatch(preview.output, /to (create|update|delete|replace)/);
            assert.deepEqual([...up.violations, ...preview.violations], []);

            // ids are in the state now, and no longer unknown
            const stricter = await run(["preview"], keeps, {
                "section-certificate-expiry": { enforcementLevel: "mandatory", days: 90 },
                "section-two-admins": { enforcementLevel: "advisory", least: 3 },
                "section-naming": { hostnames: "^(www|staging)\\." },
            });
            assert.notEqual(stricter.code, 0, stricter.output);
            assert.deepEqual(
                stricter.violations.map(({ level, rule, resource }) => [level, rule, resource.split(" ").at(-1)]),
                [
                    ["mandatory", "section-certificate-expiry", "acme-shop"],
                    ["advisory", "section-naming", "acme-shop"],
                    ["advisory", "section-two-admins", "acme"],
                ],
            );
        }));

    it("the configuration changes levels and settings, and is refused by name where it is wrong", () =>
        withFolder(async (folder) => {
            const { run } = await openProject(folder, 60);
            const milder = await run(["preview"], keeps, {
                "section-certificate-expiry": { enforcementLevel: "disabled", days: 90 },
                "section-two-admins": { least: 3, owner: "ops@agency.example" },
            });
            assert.deepEqual([milder.code, milder.violations], [0, []], milder.output);
            const wrong = await run(["preview"], keeps, { "section-naming": { hostnames: 3 } });
            assert.match(wrong.output, /section-naming: hostnames: Invalid type\. Expected: string/);
            const unknown = await run(["preview"], keeps, { "section-two-admins": { atLeast: 3 } });
            assert.match(
                unknown.output,
                /section-two-admins has no setting atLeast, perhaps it is least\. Correct the policy configuration\./,
            );
            assert.doesNotMatch(unknown.output, / at /, "no stack");
            for (const { code } of [wrong, unknown]) assert.notEqual(code, 0);
            const page = await readFile("docs/policy.md", "utf8");
            const shown = JSON.parse(/^```json\n(.*?)^```$/ms.exec(page)?.[1] ?? "");
            const asShown = await run(["preview"], keeps, shown);
            assert.equal(asShown.code, 0, asShown.output);
        }));

    it("the example agency keeps the rules with the settings beside it", () =>
        withFolder(async (folder) => {
            const { cwd, run } = await openProject(folder, 60);
            await cp("examples/agency", path.join(cwd, "example"), { recursive: true });
            const settings = JSON.parse(await readFile("examples/agency/policy.json", "utf8"));
            const { code, output, violations } = await run(["preview"], 'require("./example/index.ts");', settings);
            assert.equal(code, 0, output);
            assert.match(output, /\+ 47 to create/);
            assert.deepEqual(violations, []);
        }));

    it("a pack of one's own adds typed rules, as examples/policy does", () =>
        withFolder(async (folder) => {
            const { run } = await openProject(folder, 60);
            const own = path.join(folder, "policy");
            await cp("examples/policy", own, { recursive: true });
            await symlink(path.resolve("node_modules"), path.join(own, "node_modules"));
            const { code, output, violations } = await run(
                ["preview"],
                breaks.replace("jane@agency.example", "jane@acme.example"),
                undefined,
                own,
            );
            assert.notEqual(code, 0, output);
            const said = violations
                .filter(({ rule }) => rule.startsWith("our-"))
                .map(({ level, rule, text }) => [level, rule, text]);
            assert.deepEqual(said, [
                [
                    "mandatory",
                    "our-origins",
                    "Origins are our own servers.\nThe origin of acme-production is shop.acme.example.",
                ],
                ["advisory", "our-admins", "Admins are people of the agency.\njane@acme.example is an admin."],
            ]);
            assert.equal(violations.length, said.length + 9, "and those of the ready pack");
        }));
});
