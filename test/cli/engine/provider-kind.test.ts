import assert from "node:assert/strict";
import { isDefaultProvider } from "../../../cli/engine/provider-kind";

describe("the provider of resources that name none", () => {
    const named = (name: string) => `urn:pulumi:prod::agency::pulumi:providers:section::${name}`;

    for (const name of ["default", "default_0_1_0", "default_1_2_3_alpha_1_https_/releases.example"])
        it(`is called ${name}`, () => assert.equal(isDefaultProvider(named(name)), true));

    for (const name of ["default-eu", "other", "mydefault"])
        it(`is not called ${name}`, () => assert.equal(isDefaultProvider(named(name)), false));
});
