import assert from "node:assert/strict";
import { parse } from "yaml";
import { startPlatform } from "../../support/platform";
import { onEveryPlatform } from "../../support/stores";

onEveryPlatform("the description over HTTP", (platform) => {
    it("is the same as YAML and as JSON, and asks for no credentials", async () => {
        const { url } = platform();
        const yaml = await fetch(`${url}/api/v1/swagger.yaml`);
        const json = await fetch(`${url}/api/v1/swagger.json`);
        assert.deepEqual([yaml.status, yaml.headers.get("content-type")], [200, "application/yaml; charset=utf-8"]);
        assert.deepEqual([json.status, json.headers.get("content-type")], [200, "application/json; charset=utf-8"]);
        const document: Record<string, unknown> = parse(await yaml.text());
        assert.deepEqual(document, (await json.json()) as typeof document);
        assert.equal(document.swagger, "2.0");
        assert.equal(`${document.schemes}://${document.host}`, url);
    });
});

describe("the description of a platform of pure v1", () => {
    it("has v1's operations only", async () => {
        const platform = await startPlatform({ extensions: false });
        try {
            const { paths } = await platform.api.get("/swagger.json");
            assert.equal(paths["/capabilities"], undefined);
            assert.deepEqual(Object.keys(paths["/account/{accountId}"]), ["get"]);
        } finally {
            await platform.close();
        }
    });
});
