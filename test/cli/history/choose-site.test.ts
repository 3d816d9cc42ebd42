import assert from "node:assert/strict";
import { chooseSite } from "../../../cli/history/choose-site";
import type { ApplicationResult, EstateResult } from "../../../provider/lookup/results";

const site = (id: string, hostname: string, names = ["Production"]) =>
    ({
        id,
        hostname,
        pathPrefix: "/",
        environments: names.map((name) => ({
            id: `${id}/${name}`,
            name,
            domains: [{ hostname: name === "Production" ? hostname : `${name.toLowerCase()}.${hostname}` }],
        })),
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
            site("1/1", "www.acme.example", ["Production", "Staging", "Preview"]),
            site("1/2", "shop.acme.example"),
        ]),
        organization("2", "Bakery", [site("2/3", "www.bakery.example")]),
        organization("4", "Empty"),
    ],
};
const chosen = (text: string, names?: string[]) => {
    const { organization: client, site: found, environments } = chooseSite(estate, text, names);
    return [client.name, found.id, ...environments.map(({ name }) => name)];
};

describe("the site whose history is asked for", () => {
    it("is named by a hostname, an id, an environment's id, or an organization that has one site", () => {
        const all = ["Acme", "1/1", "Production", "Staging", "Preview"];
        for (const text of ["www.acme.example", "Staging.WWW.acme.example.", "1/1"])
            assert.deepEqual(chosen(text), all);
        assert.deepEqual(chosen("1/1/Staging"), ["Acme", "1/1", "Staging"]);
        assert.deepEqual(chosen("1/1", ["Preview", "Staging"]), ["Acme", "1/1", "Preview", "Staging"]);
        assert.deepEqual(chosen("bakery"), ["Bakery", "2/3", "Production"]);
    });

    it("is refused with the names that it could be", () => {
        for (const [text, message, names] of [
            [
                "www.acme.exmaple",
                /there is no organization or site www\.acme\.exmaple .*Check the name; the nearest ones are www\.acme\.example/,
            ],
            [
                "1/9",
                /there is no site 1\/9 .*Name a site of Acme: www\.acme\.example \(1\/1\), shop\.acme\.example \(1\/2\)\.$/,
            ],
            ["9/9", /there is no site 9\/9 that this token can see\. Check with pulumi-section whoami whose/],
            ["4/1", /there is no site 4\/1 that this token can see\. Check with pulumi-section whoami whose/],
            [
                "Acme",
                /Acme is an organization with 2 sites, and this command takes one site\. Name one of them: www\.acme\.example \(1\/1\), shop/,
            ],
            [
                "Empty",
                /Empty is an organization with 0 sites, and this command takes one site\. Name a site by one of its hostnames, or by its id\.$/,
            ],
            [
                "1/1/Stagin",
                /www\.acme\.example has no environment Stagin\. Did you mean Staging\? It has Production, Staging, Preview\.$/,
            ],
            ["1/1", /www\.acme\.example has no environment production\. Did you mean Production\?/, ["production"]],
        ] as [string, RegExp, string[]?][])
            assert.throws(() => chooseSite(estate, text, names), message, text);
    });
});
