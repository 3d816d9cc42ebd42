import assert from "node:assert/strict";
import ts from "typescript";
import { contentFolderOf, writeClientProgram } from "../../../cli/export/client-program";
import { countEstate, type ExportedClient, type ExportedResource, resourcesOf } from "../../../cli/export/inventory";
import type { Kind } from "../../../provider/run/resource-kind";

const recorded = { id: "", inputs: {}, outputs: {} };
const resource = (
    kind: Kind,
    name: string,
    declared: Record<string, unknown>,
    files?: Map<string, Buffer>,
): ExportedResource => ({
    kind,
    name,
    declared,
    recorded,
    files,
});

// biome-ignore lint/suspicious/noTemplateCurlyInString: that is the odd thing about it
const evil = '"); process.exit(7); //`${1}` */ \\';

function client(): ExportedClient {
    const files = new Map([["varnish/default.vcl", Buffer.from("vcl 4.0;\n")]]);
    const config = { "varnish/default.vcl": "vcl 4.0;\n", "varnish/x.txt": "{{x}}" };
    return {
        slug: "odd",
        organization: resource("organization", "odd", { name: evil }),
        memberships: [resource("membership", "odd/a@b.example", { email: "a@b.example", role: "admin" })],
        sites: [
            {
                application: resource("application", "www.a.example", { hostname: "www.a.example" }),
                environments: [{ name: "Production", domains: [] }],
            },
            {
                application: resource("application", "www-a.example", { hostname: "www-a.example" }),
                environments: [
                    {
                        name: "Production",
                        domains: [resource("domain", "shop.a.example", { hostname: "shop.a.example" })],
                    },
                    {
                        name: "Staging",
                        environment: resource(
                            "environment",
                            "www-a.example/Staging",
                            { name: "Staging", hostname: "s.a.example", config },
                            files,
                        ),
                        domains: [resource("domain", "qa.a.example", { hostname: "qa.a.example" })],
                    },
                ],
            },
            {
                application: resource("application", "www.a-example", { hostname: "www.a-example" }),
                environments: [
                    { name: "Production", domains: [resource("domain", "b.a-example", { hostname: "b.a-example" })] },
                ],
            },
        ],
    };
}

/** Runs a program against classes that only note what they were given. */
function run(program: string): unknown[][] {
    const made: unknown[][] = [];
    const section = new Proxy(
        {},
        {
            get: (_, kind: string) => {
                if (kind === "configFrom") return (folder: string) => ({ folder });
                return class {
                    id: string;
                    production: string;
                    constructor(name: string, args: object, options?: object) {
                        this.id = `id of ${name}`;
                        this.production = `production of ${name}`;
                        made.push([kind, name, args, ...(options === undefined ? [] : [Object.keys(options)])]);
                    }
                };
            },
        },
    );
    const { outputText } = ts.transpileModule(program, {
        compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
    });
    new Function("require", "exports", outputText)(() => section, {});
    return made;
}

describe("the program of a client", () => {
    it("declares everything, each below what it belongs to, and runs no name as code", () => {
        assert.deepEqual(run(writeClientProgram(client())), [
            ["Organization", "odd", { name: evil }],
            ["Membership", "odd/a@b.example", { organization: "id of odd", email: "a@b.example", role: "admin" }],
            ["Application", "www.a.example", { organization: "id of odd", hostname: "www.a.example" }],
            ["Application", "www-a.example", { organization: "id of odd", hostname: "www-a.example" }],
            ["Domain", "shop.a.example", { environment: "production of www-a.example", hostname: "shop.a.example" }],
            [
                "Environment",
                "www-a.example/Staging",
                {
                    application: "id of www-a.example",
                    name: "Staging",
                    hostname: "s.a.example",
                    config: { folder: "content/www-a.example/Staging", "varnish/x.txt": "{{x}}" },
                },
            ],
            ["Domain", "qa.a.example", { environment: "id of www-a.example/Staging", hostname: "qa.a.example" }],
            ["Application", "www.a-example", { organization: "id of odd", hostname: "www.a-example" }],
            ["Domain", "b.a-example", { environment: "production of www.a-example", hostname: "b.a-example" }],
        ]);
        assert.match(
            writeClientProgram(client()),
            /const wwwAExample = .*const wwwAExampleSite = /s,
            "two hostnames that come to one variable",
        );
        assert.equal(contentFolderOf({ name: "a/B" }), "content/a/B");
    });

    it("is counted as people count: hostnames that come with sites and environments too", () => {
        const clients = [client()];
        assert.equal(resourcesOf({ clients }).length, 9);
        assert.deepEqual(countEstate({ clients }), {
            organizations: 1,
            members: 1,
            sites: 3,
            environments: 4,
            domains: 7,
            resources: 9,
        });
    });
});
