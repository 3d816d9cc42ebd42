import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { describePlace, notePlace, notePlaceBelow } from "../../../provider/program/place";

describe("the place of a declared thing", () => {
    const output = () => pulumi.output("unknown yet");

    it("has the names of what it is in, each found by the output that names it", () => {
        const [acme, www, production] = [output(), output(), output()];
        notePlace(acme, describePlace("organization", { name: "Acme & Sons" }));
        const site = describePlace("application", { organization: acme, hostname: "WWW.Acme.Example." });
        assert.equal(site, "(Acme%20%26%20Sons)/www.acme.example");
        notePlace(www, site);
        assert.equal(describePlace("environment", { application: www, name: "Staging" }), `${site}/Staging`);
        notePlaceBelow(production, www, "Production");
        const shop = { environment: production, hostname: "shop.acme.example" };
        assert.equal(describePlace("domain", shop), `${site}/Production/shop.acme.example`);
        const ada = { organization: acme, email: "Ada@Agency.Example" };
        assert.equal(describePlace("membership", ada), "(Acme%20%26%20Sons)/ada@agency.example");
    });

    it("begins with an id that is known, and is not said where the program computes a part", () => {
        const site = { organization: "1335", hostname: "www.acme.example" };
        assert.equal(describePlace("application", site), "1335/www.acme.example");
        assert.equal(describePlace("application", { ...site, organization: output() }), undefined);
        assert.equal(describePlace("application", { ...site, hostname: output() }), undefined);
        assert.equal(describePlace("organization", { name: output() }), undefined);
        assert.equal(describePlace("membership", { organization: "1335" }), undefined);
        assert.equal(describePlace("team", { organization: "1335" }), undefined);
    });
});
