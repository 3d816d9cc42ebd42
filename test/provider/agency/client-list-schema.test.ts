import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import Ajv from "ajv";
import { parse } from "yaml";
import { clientListSchema } from "../../../provider/agency/client-list";
import { clientListJsonSchema } from "../../../provider/agency/client-list-schema";

describe("the JSON Schema of a list of clients", () => {
    const validate = new Ajv({ allErrors: true, strict: false }).compile(clientListJsonSchema());
    const list = (site: object) => ({
        clients: [{ name: "Acme", sites: [{ hostname: "www.acme.example", ...site }] }],
    });

    it("takes the example, and has a description for everything in it", () => {
        const example = parse(readFileSync("examples/agency-from-yaml/clients.yaml", "utf8"), { merge: true });
        assert.equal(validate(example), true, JSON.stringify(validate.errors));
        const client = clientListJsonSchema().properties?.clients?.items?.properties ?? {};
        const site = client.sites?.items?.properties ?? {};
        for (const [name, { description }] of Object.entries({ ...client, ...site }))
            assert.ok(description, `${name} has no description`);
    });

    it("and the reader agree", () => {
        const samples: [object, boolean][] = [
            [{}, true],
            [{ origin: "o.example" }, true],
            [{ origin: { address: "o.example", httpPort: 8080 } }, true],
            [{ origin: { address: "o.example", httpPort: 81 } }, false],
            [{ origin: { httpPort: 80 } }, false],
            [{ origin: 5 }, false],
            [{ staging: { hostname: "s.example" } }, true],
            [{ staging: true }, false],
            [{ aliases: ["a.example"] }, true],
            [{ aliases: "a.example" }, false],
            [{ variables: { ttl: 5, grace: "1h" } }, true],
            [{ variables: { "a-b": 1 } }, false],
            [{ stagingFirst: "true" }, false],
            [{ proxyChain: [{ name: "varnish", image: "varnish:6.3.1" }] }, true],
            [{ proxyChain: [{ name: "var nish", image: "x" }] }, false],
            [{ hostnames: [] }, false],
        ];
        for (const [site, isRight] of samples) {
            assert.equal(validate(list(site)), isRight, JSON.stringify(site));
            assert.equal(clientListSchema.safeParse(list(site)).success, isRight, JSON.stringify(site));
        }
    });
});
