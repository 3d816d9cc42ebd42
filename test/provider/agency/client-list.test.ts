import assert from "node:assert/strict";
import { clientListSchema, siteSchema } from "../../../provider/agency/client-list";
import { clientListJsonSchema, type JsonSchema } from "../../../provider/agency/client-list-schema";

describe("a list of clients", () => {
    it("is read into one spelling", () => {
        const list = {
            clients: [
                {
                    name: " Acme ",
                    people: { "Olaf@Acme.example": "readonly" },
                    sites: [
                        {
                            hostname: "WWW.Acme.example.",
                            origin: "o.example",
                            staging: {},
                            variables: { ttl: 60, grace: "1h" },
                        },
                    ],
                },
            ],
        };
        assert.deepEqual(clientListSchema.parse(list).clients[0], {
            name: "Acme",
            people: { "olaf@acme.example": "readonly" },
            sites: [
                {
                    hostname: "www.acme.example",
                    origin: { address: "o.example" },
                    staging: {},
                    variables: { ttl: 60, grace: "1h" },
                },
            ],
        });
    });

    it("takes people with a last day, promotions and how a site is served", () => {
        const until = { role: "readonly", until: "2026-12-31" } as const;
        const site = {
            hostname: "www.acme.example",
            promote: "staging",
            ownership: "complete",
            certificate: "acme",
            waitForLive: { timeoutSeconds: 60 },
        };
        const list = { clients: [{ name: "Acme", people: { "olaf@acme.example": until }, sites: [site] }] };
        assert.deepEqual(clientListSchema.parse(list), list);
        for (const promote of ["staging-seen", "fa2b6a7"]) {
            const other = { clients: [{ name: "Acme", sites: [{ ...site, promote }] }] };
            assert.deepEqual(clientListSchema.parse(other), other);
        }
        const people = clientListJsonSchema().properties?.clients?.items?.properties?.people
            ?.additionalProperties as JsonSchema;
        assert.deepEqual(
            people.anyOf?.map(({ type }) => type),
            ["string", "object"],
        );
    });

    it("refuses what no site has", () => {
        for (const wrong of [
            { stagingFirst: "yes" },
            { aliases: "a.example" },
            { variables: { "a-b": 1 } },
            { variables: { a: [] } },
            { config: "" },
            { other: 1 },
            { promote: "Staging" },
            { promote: "abc123" },
            { ownership: "mine" },
            { certificate: { publicCertificates: "x", privateKey: "y" } },
            { waitForLive: true },
        ])
            assert.equal(
                siteSchema.safeParse({ hostname: "www.acme.example", ...wrong }).success,
                false,
                JSON.stringify(wrong),
            );
    });
});
