import assert from "node:assert/strict";
import { describeApi } from "../../../platform/http/describe-api";
import { apiRoot } from "../../../platform/http/route";
import { allRoutes } from "../../../platform/http/routes";
import { requireSome } from "../../support/require-some";

const wire = { publicUrl: "https://platform.example:8443", edgeDomain: "edge.example", extensions: true };
const described = describeApi(allRoutes, wire);

/** Every `$ref` anywhere in a document. */
function referencesIn(value: unknown): string[] {
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([key, inner]) => (key === "$ref" ? [inner as string] : referencesIn(inner)));
}

describe("the description of the API", () => {
    it("has every operation of the table, with one name each", () => {
        const routes = allRoutes.filter(({ root = apiRoot }) => root === apiRoot);
        const operations = Object.values(described.paths).flatMap((item) => Object.values(item)) as {
            operationId: string;
        }[];
        assert.equal(operations.length, routes.length);
        assert.equal(
            new Set(operations.map(({ operationId }) => operationId)).size,
            operations.length,
            "generators make functions of these names",
        );
    });

    it("refers to nothing that is not there, and has no definition that nothing refers to", () => {
        const wanted = new Set(referencesIn(described));
        const there = [
            ...Object.keys(described.definitions).map((name) => `#/definitions/${name}`),
            ...Object.keys(described.responses).map((name) => `#/responses/${name}`),
        ];
        assert.deepEqual([...wanted].sort(), there.sort());
    });

    it("names every parameter of a path", () => {
        for (const [path, item] of requireSome(Object.entries(described.paths))) {
            for (const operation of requireSome(Object.values(item)) as {
                operationId: string;
                parameters: { name: string; in: string; required: boolean }[];
            }[]) {
                const named = operation.parameters
                    .filter((each) => each.in === "path")
                    .map(({ name, required }) => `${name} ${required}`);
                assert.deepEqual(
                    named.sort(),
                    [...path.matchAll(/{(\w+)}/g)].map(([, name]) => `${name} true`).sort(),
                    operation.operationId,
                );
            }
        }
    });

    it("says where the platform is, who may call, and what is not v1's", () => {
        assert.deepEqual(
            [described.host, described.schemes, described.basePath],
            ["platform.example:8443", ["https"], "/api/v1"],
        );
        const create = described.paths["/account/{accountId}/application/create"]?.post as Record<string, unknown>;
        assert.deepEqual(create["x-swagger-section-capabilities"], ["admin"]);
        const rename = described.paths["/account/{accountId}"]?.patch as Record<string, unknown>;
        assert.equal(rename["x-extension"], "account.rename");
        const purge = described.paths[
            "/account/{accountId}/application/{applicationId}/environment/{environmentName}/proxy/{proxyName}/state"
        ]?.post as Record<string, unknown>;
        assert.equal(purge["x-swagger-section-2fa-bypass-permitted"], true);
    });

    it("of pure v1 has no word of extensions", () => {
        const pure = describeApi(
            allRoutes.filter(({ extension }) => extension === undefined),
            { ...wire, extensions: false },
        );
        assert.doesNotMatch(JSON.stringify(pure), /x-extension|claim/i);
    });
});
