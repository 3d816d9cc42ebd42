import assert from "node:assert/strict";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { startPlatform, withFolder } from "../support/platform";
import { pulumiSection } from "../support/provider-command";
import { mustPulumi } from "../support/pulumi";
import { engineVariables } from "../support/stack";
import { startUp } from "../support/up";

/** Each stack declares the clients of its list; what a stack is called decides. */
const byHand = `
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

/** The same of an agency's list. */
const byAgency = `
const pulumi = require("@pulumi/pulumi");
const section = require("pulumi-section");
const names = require("./clients.json")[pulumi.getStack()];
const staff = { "olga@agency.example": "admin", "jane@agency.example": "readonly" };
const clients = section.clientsFromCsv("clients.csv").filter(({ name }) => names.includes(name));
new section.Agency("agency", { staff, clients, baseConfig: "./proxy" });
`;

interface Stacks {
    /** Says which clients each stack declares. */
    declare(clients: Record<string, string[]>): Promise<void>;
    write(file: string, text: string): Promise<void>;
    up(stack: string): Promise<string>;
    must(...args: string[]): Promise<string>;
    /** Moves a client to another stack, as docs/scale.md says. Returns the number of its resources. */
    move(organization: string, from: string, to: string): Promise<number>;
    /** Ids on the platform, and who holds what. */
    see(): Promise<{ ids: string; claims: string[] }>;
    requireNoDrift(...stacks: string[]): Promise<void>;
    names(): Promise<string[]>;
}

function withStacks(program: string, work: (stacks: Stacks) => Promise<void>): Promise<void> {
    return withFolder(async (folder) => {
        const platform = await startPlatform();
        const cwd = path.join(folder, "program");
        const write = async (file: string, text: string) => {
            await mkdir(path.dirname(path.join(cwd, file)), { recursive: true });
            await writeFile(path.join(cwd, file), text);
        };
        await write("index.js", program);
        await symlink(path.resolve("node_modules"), path.join(cwd, "node_modules"));
        const runtime = "runtime:\n    name: nodejs\n    options:\n        typescript: false\n";
        await write("Pulumi.yaml", `name: estate\n${runtime}`);
        const settings = { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token };
        const environment = { ...(await engineVariables(folder)), ...settings };
        const options = { cwd, folder, environment };
        const must = (...args: string[]) => mustPulumi(args, options);
        try {
            await work({
                write,
                must,
                declare: (clients) => write("clients.json", JSON.stringify(clients)),
                up: async (stack) => {
                    const { code, output } = await startUp(["--yes", "--stack", stack], cwd, environment).finished;
                    assert.equal(code, 0, output);
                    return output;
                },
                move: async (name, from, to) => {
                    const exported = await must("stack", "export", "--stack", from);
                    const { resources } = JSON.parse(exported).deployment as {
                        resources: { urn: string; id?: string }[];
                    };
                    const organization = resources.find(({ urn }) => urn.endsWith(`::${name}`))?.id as string;
                    const urns = resources
                        .filter(({ id }) => id === organization || id?.startsWith(`${organization}/`))
                        .map(({ urn }) => urn);
                    await must("state", "move", "--source", from, "--dest", to, "--yes", ...urns);
                    return urns.length;
                },
                see: async () => {
                    const graph = await platform.api.get("/account/graph?detail=true");
                    const ids = JSON.stringify(graph, (key, value) => (key === "claim" ? undefined : value));
                    const claims: string[] = [];
                    JSON.stringify(graph, (key, value) => {
                        if (key === "claim" && value) claims.push(`${value.stack} ${value.resource}`);
                        return value;
                    });
                    return { ids, claims: claims.sort() };
                },
                requireNoDrift: async (...stacks) => {
                    for (const stack of stacks) {
                        const { code, stdout } = await pulumiSection(["drift", "--stack", stack], options);
                        assert.equal(code, 0, stdout);
                    }
                },
                names: async () =>
                    (await platform.api.get("/account")).map(
                        ({ account_name }: { account_name: string }) => account_name,
                    ),
            });
        } finally {
            await platform.close();
        }
    });
}

const held = (claims: readonly string[], client: string, stack: string) =>
    claims.map((each) => (each.includes(client) ? each.replace(/^\w+ /, `${stack} `) : each)).sort();

describe("a stack that is split by client", () => {
    it("as docs/scale.md says loses and replaces nothing, and each stack knows what is its own", () =>
        withStacks(byHand, async ({ declare, up, must, move, see, requireNoDrift, names }) => {
            await declare({ all: ["acme", "bakery"] });
            await must("stack", "init", "all");
            await up("all");
            const before = await see();
            assert.equal(before.claims.length, 12, before.claims.join());

            await must("stack", "init", "bakery");
            assert.equal(await move("bakery", "all", "bakery"), 5);
            await declare({ all: ["acme"], bakery: ["bakery"] });

            const moved = await up("bakery");
            assert.match(moved, /6 unchanged/);
            assert.match(moved, /^claims of 6 things that moved here from estate\/all name this stack now$/m);
            assert.doesNotMatch(await up("bakery"), /that moved here/);
            assert.match(await must("preview", "--stack", "all"), /6 unchanged/);
            const after = await see();
            assert.equal(after.ids, before.ids);
            assert.deepEqual(after.claims, held(before.claims, "bakery", "bakery"));
            await requireNoDrift("all", "bakery");
            await must("destroy", "--yes", "--skip-preview", "--stack", "all");
            assert.deepEqual(await names(), ["bakery"]);
            await must("destroy", "--yes", "--skip-preview", "--stack", "bakery");
            assert.deepEqual(await names(), []);
        }));

    // 15 s
    it("keeps the clients of an agency, whose component stays where it is", () =>
        withStacks(byAgency, async ({ declare, write, up, must, move, see, requireNoDrift, names }) => {
            const writeContent = (line: string) => write("proxy/varnish/default.vcl", `vcl 4.0;\n# ${line}\n`);
            const rows = ["Bakery", "Museum"].map((name) => {
                const site = `${name.toLowerCase()}.example`;
                return `${name},www.${site},192.0.2.1,${site},staging.${site}\n`;
            });
            await writeContent("first");
            await write("clients.csv", `client,hostname,origin,aliases,staging.hostname\n${rows.join("")}`);
            await declare({ all: ["Bakery", "Museum"] });
            await must("stack", "init", "all");
            await up("all");
            const before = await see();

            await must("stack", "init", "bakery");
            assert.equal(await move("agency/bakery", "all", "bakery"), 7);
            await declare({ all: ["Museum"], bakery: ["Bakery"] });
            assert.match(await must("preview", "--stack", "bakery"), /\+ 1 to create\s+9 unchanged/, "the component");
            assert.match(await up("bakery"), /^claims of 5 things that moved here/m);
            const preview = (stack: string) => must("preview", "--expect-no-changes", "--stack", stack);
            for (const stack of ["all", "bakery"]) await preview(stack);
            const after = await see();
            assert.equal(after.ids, before.ids);
            assert.deepEqual(after.claims, held(before.claims, "bakery", "bakery"));
            await requireNoDrift("all", "bakery");

            await writeContent("second");
            for (const stack of ["all", "bakery"]) {
                assert.match(await up(stack), /2 updated/);
                await preview(stack);
            }
            await must("destroy", "--yes", "--skip-preview", "--stack", "all");
            assert.deepEqual(await names(), ["Bakery"]);
        }));
});
