import assert from "node:assert/strict";
import type { ResourceValidationArgs } from "@pulumi/policy";
import { forSection, sectionKindOf, sectionResourceOf, sectionResourcesOf } from "../../policy/section-resource";
import { describeBothWays, typeNow } from "../support/both-ways";
import { resourcesOf, unknownText, urnOf } from "../support/policy";

const declared = [
    { type: "Organization", name: "acme", props: { name: "Acme" }, protect: true },
    {
        type: "Membership",
        name: "jo",
        props: { organization: unknownText, email: "jo@agency.example", role: "state" },
        from: { organization: ["acme", "box"] },
    },
    { type: "Membership", name: "ada", props: { organization: "1335", email: "ada@agency.example", role: "admin" } },
    { type: "other:index:Box", name: "box", props: {} },
];

describeBothWays("resources as rules see them", () => {
    it("are known by the types that the provider gives them, every kind", () => {
        const kinds = ["organization", "membership", "team", "application", "environment", "domain"] as const;
        for (const kind of kinds) assert.equal(sectionKindOf(typeNow(kind)), kind);
        for (const type of [typeNow("guard"), "other:index:Box", "toString"])
            assert.equal(sectionKindOf(type), undefined, type);
    });

    it("have their inputs, what is not known yet, and their protection", () => {
        const [acme, jo, , box] = resourcesOf(declared);
        assert.equal(sectionResourceOf(acme!)?.isProtected, true);
        const seen = sectionResourceOf(jo!);
        assert.deepEqual(
            [seen?.kind, seen?.name, seen?.isProtected, seen?.unknown],
            ["membership", "jo", false, ["organization"]],
        );
        assert.deepEqual(seen?.inputs, { email: "jo@agency.example", role: "state" });
        assert.equal(sectionResourceOf(box!), undefined);
    });

    it("a check of one kind is asked about that kind only, and reports", async () => {
        const said: string[] = [];
        const check = forSection("membership", ({ inputs }, report) => report(`${inputs.email}`));
        for (const resource of resourcesOf(declared))
            await check(resource as unknown as ResourceValidationArgs, (text) => said.push(text));
        assert.deepEqual(said, ["jo@agency.example", "ada@agency.example"]);
    });

    it("of a stack come by name, with the resources that a property comes from", () => {
        const people = sectionResourcesOf({ resources: resourcesOf(declared) }, "membership");
        assert.deepEqual(
            people.map(({ name }) => name),
            ["ada", "jo"],
        );
        assert.deepEqual(
            people.map((person) => person.sourcesOf("organization", "organization").map(({ urn }) => urn)),
            [[], [urnOf({ type: "Organization", name: "acme" })]],
        );
        assert.equal(people[0]?.properties.organization, "1335");
    });
});
