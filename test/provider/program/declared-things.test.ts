import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { listThings } from "../../../provider/program/declared-things";
import type { DeclaredResource } from "../../../provider/program/program";
import { unknownValue } from "../../../provider/run/unknown";
import { mockEngine } from "../../support/registered";

describe("what a program declares", () => {
    before(async () => void (await mockEngine()));

    /** A declaration with these outputs; its id is not known without one. */
    const declare = (kind: string, args: Record<string, unknown>, id?: string): DeclaredResource => {
        const known = Object.entries({ ...args, id: id ?? pulumi.unknown });
        const resource = Object.fromEntries(known.map(([key, value]) => [key, pulumi.output(value)]));
        return { kind, args, resource, isLookup: false, isRetained: false } as unknown as DeclaredResource;
    };
    const everything = () => true;

    it("has names in place of ids that are not known yet, as far as its resources refer to each other", async () => {
        const acme = declare("organization", { name: "Acme & Sons" });
        const www = declare("application", { organization: acme.resource.id, hostname: "www.acme.example" });
        const other = declare("application", { organization: "2", hostname: "www.other.example" });
        const staging = { application: www.resource.id, name: "Staging", hostname: "staging.acme.example" };
        const jane = { organization: acme.resource.id, email: "jane@agency.example" };
        const members = { "bob@agency.example": "admin", "ada@agency.example": "admin" };
        const computed = pulumi.output(acme.resource.id as pulumi.Output<string>).apply((id) => id);
        const all = [
            declare("team", { organization: "2", members }),
            declare("membership", jane),
            declare("membership", { ...jane, organization: computed }),
            declare("environment", staging),
            declare("environment", { application: other.resource.id, name: "Production" }),
            declare("domain", { environment: pulumi.unknown, hostname: "shop.acme.example" }),
            www,
            other,
            acme,
        ];
        assert.deepEqual(await listThings(all, everything), {
            organizations: [["(Acme%20%26%20Sons)", "Acme & Sons"]],
            sites: [
                ["(Acme%20%26%20Sons)/www.acme.example", "www.acme.example"],
                ["2/www.other.example", "www.other.example"],
            ],
            environments: [
                ["(Acme%20%26%20Sons)/www.acme.example/Staging", "staging.acme.example"],
                ["2/www.other.example/Production", ""],
            ],
            domains: [["shop.acme.example", unknownValue]],
            people: ["(Acme%20%26%20Sons)/jane@agency.example", unknownValue],
            teams: [["2", ["ada@agency.example", "bob@agency.example"]]],
            retained: [],
        });
    });

    it("has ids as they are, and what is retained in a list of its own; what is not listed still helps to name others", async () => {
        const acme = declare("organization", { name: "Acme" });
        const www = declare("application", { organization: acme.resource.id, hostname: "www.acme.example" });
        const bakery = declare("organization", { name: "Bakery" }, "2");
        const shop = declare("domain", { environment: "2/8/Production", hostname: "shop.bakery.example" }, "2/8/x");
        const kept = [bakery, shop].map((each) => ({ ...each, isRetained: true }));
        const { organizations, sites, domains, retained } = await listThings(
            [acme, www, ...kept],
            (each) => each !== acme,
        );
        assert.deepEqual([organizations, domains, retained], [[], [], ["2", "shop.bakery.example"]]);
        assert.deepEqual(sites, [["(Acme)/www.acme.example", "www.acme.example"]]);
    });
});
