import assert from "node:assert/strict";
import { chooseClientOrSite, chooseOrganization } from "../../../cli/terminal/choose-client";
import type { ApplicationResult, EstateResult } from "../../../provider/lookup/results";

const site = (id: string, hostname: string, others: string[] = [], pathPrefix = "/") =>
    ({
        id,
        hostname,
        pathPrefix,
        environments: [{ name: "Production", domains: [hostname, ...others].map((each) => ({ hostname: each })) }],
    }) as ApplicationResult;
const organization = (id: string, name: string, applications: ApplicationResult[] = []) => ({
    id,
    name,
    isAdmin: true,
    applications,
});
const estate: EstateResult = {
    organizations: [
        organization("1", "Acme", [
            site("1/1", "www.acme.example", ["shop.acme.example"]),
            site("1/2", "www.acme.example", [], "/shop/"),
        ]),
        organization("2", "Bakery"),
        organization("3", "Twin"),
        organization("4", "Twin"),
        organization("5", "acme labs"),
        organization("6", "2"),
    ],
};

describe("which client or site somebody means", () => {
    it("is said by id, by name in any capitals, or by any hostname of the site", () => {
        assert.equal(chooseOrganization(estate, "1").name, "Acme");
        assert.equal(chooseOrganization(estate, " ACME ").id, "1");
        assert.equal(chooseOrganization(estate, "2").name, "Bakery", "an id comes before a name");
        assert.equal(chooseClientOrSite(estate, "Acme Labs").organization.id, "5");
        for (const hostname of ["www.acme.example", "Shop.Acme.Example."]) {
            const choice = chooseClientOrSite(estate, hostname);
            assert.deepEqual([choice.organization.id, choice.site?.id], ["1", "1/1"]);
        }
    });

    it("is said by the id of a site, or of something in it", () => {
        for (const id of ["1/1", "1/1/Production", "1/1/Staging/staging.acme.example"])
            assert.equal(chooseClientOrSite(estate, id).site?.hostname, "www.acme.example");
        assert.throws(
            () => chooseClientOrSite(estate, "5/7"),
            /there is no organization or site 5\/7 that this token can see\. Check the name; the nearest ones are 1\/1 \(www\.acme\.example\)/,
        );
    });

    it("is refused with the nearest names, or with the ids of all that it could be", () => {
        assert.throws(
            () => chooseOrganization(estate, "Acne"),
            /there is no organization Acne that this token can see\. Check the name; the nearest ones are Acme, /,
        );
        assert.throws(
            () => chooseClientOrSite(estate, "shop.acme.exmaple"),
            /Check the name; the nearest ones are shop\.acme\.example, www\.acme\.example, /,
        );
        assert.throws(
            () => chooseOrganization(estate, "twin"),
            /"twin" can be 2 organizations: 3 \(Twin\), 4 \(Twin\)\. Name the id/,
        );
        assert.throws(() => chooseOrganization({ organizations: [] }, "x"), /Check with pulumi-section whoami whose/);
    });
});
