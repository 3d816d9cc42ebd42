import assert from "node:assert/strict";
import { clientListSchema, siteSchema } from "section-model";

describe("a list of clients", () => {
    it("is read into one spelling", () => {
        const list = {
            clients: [
                {
                    name: " Acme ",
                    people: { "Olaf@Acme.example": "readonly" },
                    sites: [{ hostname: "WWW.Acme.example.", origin: "o.example", staging: {}, variables: { ttl: 60, grace: "1h" } }],
                },
            ],
        };
        assert.deepEqual(clientListSchema.parse(list).clients[0], {
            name: "Acme",
            people: { "olaf@acme.example": "readonly" },
            sites: [{ hostname: "www.acme.example", origin: { address: "o.example" }, staging: {}, variables: { ttl: 60, grace: "1h" } }],
        });
    });

    it("refuses what no site has", () => {
        for (const wrong of [
            { stagingFirst: "yes" },
            { aliases: "a.example" },
            { variables: { "a-b": 1 } },
            { variables: { a: [] } },
            { config: "" },
            { other: 1 },
        ])
            assert.equal(siteSchema.safeParse({ hostname: "www.acme.example", ...wrong }).success, false, JSON.stringify(wrong));
    });
});
