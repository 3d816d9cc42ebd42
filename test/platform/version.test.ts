import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { platformVersion } from "../../platform/version";

it("the version is the one of the package", () => {
    assert.equal(platformVersion, JSON.parse(readFileSync("platform/package.json", "utf8")).version);
});
