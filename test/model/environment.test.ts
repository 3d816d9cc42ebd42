import assert from "node:assert/strict";
import { environmentSchema, relateEnvironment } from "section-model";

describe("environment", () => {
    it("reads an origin written as its address", () => {
        const inputs = environmentSchema.parse({
            application: "1/2",
            name: "Staging",
            hostname: "s.acme.example",
            origin: "o.example",
            origins: { cdn: "c.example" },
        });
        assert.deepEqual(
            [inputs.origin, inputs.origins],
            [{ address: "o.example" }, { cdn: { address: "c.example" } }],
        );
    });

    it("relates name, from and hostname", () => {
        assert.deepEqual(
            relateEnvironment({ name: "Production", from: "Staging", hostname: "x.example" }).map(
                ({ property }) => property,
            ),
            ["from", "hostname"],
        );
        assert.deepEqual(
            relateEnvironment({ name: "Staging", from: "Staging" }).map(({ property }) => property),
            ["hostname", "from"],
        );
        assert.deepEqual(relateEnvironment({ name: "Staging", from: "Production", hostname: "x.example" }), []);
        assert.deepEqual(relateEnvironment({ name: "Staging" }, ["hostname"]), [], "a hostname that is not known yet");
        assert.deepEqual(relateEnvironment({}), []);
    });

    it("says how Production is written, where it is meant", () => {
        assert.deepEqual(relateEnvironment({ name: "production" }), [
            { property: "name", reason: '"production" is written with a capital: Production' },
        ]);
        assert.deepEqual(relateEnvironment({ name: "Staging", from: "PRODUCTION", hostname: "s.example" }), [
            { property: "from", reason: '"PRODUCTION" is written with a capital: Production' },
        ]);
        assert.deepEqual(relateEnvironment({ name: "production", hostname: "p.example" }), [], "one of its own");
    });

    it("refuses a path that would be a file and a folder, with both names", () => {
        assert.deepEqual(relateEnvironment({ config: { a: "x", "a/b/c": "y" } }), [
            { property: "config", reason: "has a and a/b/c: a cannot be a file and a folder; rename one of them" },
        ]);
        assert.deepEqual(relateEnvironment({ config: { "a/b": "x", "a/bc": "y", "ab/c": "z" } }), []);
    });
});
