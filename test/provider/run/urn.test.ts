import assert from "node:assert/strict";
import {
    isDefaultProvider,
    isProviderUrn,
    isStackUrn,
    nameOfUrn,
    splitUrn,
    urnOfReference,
} from "../../../provider/run/urn";

const within = "urn:pulumi:dev::shop::section:index:ClientSite$pulumi-nodejs:dynamic/section:Domain::www::acme";

describe("a URN", () => {
    it("says stack, project, types and name; a name may hold what stands between the parts", () => {
        assert.deepEqual(splitUrn(within), {
            stack: "dev",
            project: "shop",
            path: "section:index:ClientSite$pulumi-nodejs:dynamic/section:Domain",
            type: "pulumi-nodejs:dynamic/section:Domain",
            name: "www::acme",
        });
        assert.equal(nameOfUrn(within), "www::acme");
        assert.equal(nameOfUrn("no URN"), "");
    });

    it("is the stack's own, or settings of a package, inside of components too", () => {
        assert.ok(isStackUrn("urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev"));
        assert.ok(!isStackUrn(within));
        assert.ok(isProviderUrn("urn:pulumi:dev::shop::my:index:Site$pulumi:providers:aws::eu"));
        assert.ok(!isProviderUrn("urn:pulumi:dev::shop::my:index:Site::a::pulumi:providers:aws"));
    });

    it("of a provider stands before its id, whatever the provider is called", () => {
        const urn = "urn:pulumi:dev::shop::pulumi:providers:aws::eu::west";
        assert.equal(urnOfReference(`${urn}::0d7b`), urn);
        assert.equal(urnOfReference(""), "");
    });
});

describe("the provider of resources that name none", () => {
    const named = (name: string) => `urn:pulumi:prod::agency::pulumi:providers:section::${name}`;

    for (const name of ["default", "default_0_1_0", "default_1_2_3_alpha_1_https_/releases.example"])
        it(`is called ${name}`, () => assert.equal(isDefaultProvider(named(name)), true));

    for (const name of ["default-eu", "other", "mydefault"])
        it(`is not called ${name}`, () => assert.equal(isDefaultProvider(named(name)), false));
});
