import assert from "node:assert/strict";
import { programNameOf, writeImportFile } from "../../../cli/export/import-file";
import type { ExportedClient, ExportedResource } from "../../../cli/export/inventory";
import type { Kind } from "../../../provider/run/resource-kind";

const resource = (kind: Kind, name: string, id: string, outputs: Record<string, unknown> = {}): ExportedResource => ({
    kind,
    name,
    recorded: { id, inputs: { of: name }, outputs },
    declared: {},
});

const [hostname, cname] = ["www.acme.example", "www.acme.example.c.section.io"];
const client: ExportedClient = {
    slug: "acme",
    organization: resource("organization", "acme", "7"),
    memberships: [resource("membership", "acme/jane@agency.example", "7/jane@agency.example")],
    sites: [
        {
            application: resource("application", hostname, "7/1", { hostname, cname }),
            environments: [
                {
                    name: "Staging",
                    environment: resource("environment", "www-acme.example", "7/1/Staging"),
                    domains: [],
                },
            ],
        },
    ],
};

const fileOf = (way: "dynamic" | "plugin") =>
    writeImportFile({ clients: [client], leftOut: [] }, "https://platform.example", way);

describe("the file for pulumi import", () => {
    it("names dynamic resources as the program does", () => {
        const { resources, export: about } = fileOf("dynamic");
        assert.deepEqual(
            resources.map(({ type, name, logicalName, id }) => [type, name, logicalName, id]),
            [
                ["pulumi-nodejs:dynamic/section:Organization", "acme", undefined, "7"],
                [
                    "pulumi-nodejs:dynamic/section:Membership",
                    "acme/jane@agency.example",
                    undefined,
                    "7/jane@agency.example",
                ],
                ["pulumi-nodejs:dynamic/section:Application", hostname, undefined, "7/1"],
                ["pulumi-nodejs:dynamic/section:Environment", "www-acme.example", undefined, "7/1/Staging"],
            ],
        );
        assert.deepEqual([about.endpoint, about.counts.resources], ["https://platform.example", 4]);
    });

    it("names those of the plugin for code, too, each once, and has what the plugin shows", () => {
        const { resources } = fileOf("plugin");
        assert.deepEqual(
            resources.map(({ type, name, logicalName }) => [type, name, logicalName]),
            [
                ["section:index:Organization", "acme", "acme"],
                ["section:index:Membership", "acmeJaneAgencyExample", "acme/jane@agency.example"],
                ["section:index:Application", "wwwAcmeExample", hostname],
                ["section:index:Environment", "wwwAcmeExampleEnvironment", "www-acme.example"],
            ],
        );
        assert.deepEqual(resources.map(programNameOf), fileOf("dynamic").resources.map(programNameOf));
        assert.equal(resources[2]?.outputs.production, "7/1/Production");
        assert.deepEqual(resources[2]?.inputs, { of: hostname });
    });
});
