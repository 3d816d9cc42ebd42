import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parseSeed } from "../../../platform/archive/seed-document";

const document = () => ({
    format: 1,
    people: [
        { id: 7, email: "Olga@Agency.example" },
        { id: 9, email: "jane@agency.example", isVerified: false },
    ],
    accounts: [
        {
            id: 1335,
            name: "Acme",
            owner: "olga@agency.example",
            members: [
                { email: "olga@agency.example", role: "admin" },
                { email: "jane@agency.example", role: "readonly" },
            ],
            applications: [
                {
                    id: 7171,
                    hostname: "www.acme.example",
                    bundle: "7171.bundle",
                    environments: [
                        { name: "Production", domains: [{ hostname: "www.acme.example", isEngaged: true }] },
                        { name: "Staging", domains: [{ hostname: "staging.acme.example" }] },
                    ],
                },
            ],
        },
    ],
});

describe("the document of a seed", () => {
    it("is read with its defaults", () => {
        const { people, accounts } = parseSeed(JSON.stringify(document()));
        assert.deepEqual(people[0], { id: 7, email: "olga@agency.example", isVerified: true });
        assert.equal(accounts[0]?.applications[0]?.environments[1]?.domains[0]?.isEngaged, false);
    });

    it("is what docs/operating.md shows", () => {
        const text = readFileSync("examples/rehearse/estate.json", "utf8");
        assert.ok(readFileSync("docs/operating.md", "utf8").includes(text.trimEnd()));
        assert.deepEqual(
            parseSeed(text).people.map(({ isVerified }) => isVerified),
            [true, false],
        );
    });

    it("is refused with everything that is wrong with it", () => {
        const wrong = document();
        wrong.people.push({ id: 7, email: "ben@agency.example" });
        const [account] = wrong.accounts;
        assert.ok(account);
        account.owner = "jane@agency.example";
        account.members.push({ email: "stranger@agency.example", role: "state" });
        const [application] = account.applications;
        assert.ok(application);
        application.environments = [
            { name: "Staging", domains: [{ hostname: "a.acme.example" }, { hostname: "a.acme.example" }] },
        ];
        assert.throws(() => parseSeed(JSON.stringify(wrong)), {
            code: "invalid-input",
            detail: [
                "the seed is wrong: person 7 stands there twice",
                "hostname a.acme.example stands there twice",
                "account 1335: member stranger@agency.example is none of the people",
                "account 1335: the owner jane@agency.example is no admin of it",
                "application 7171 has no environment Production",
            ].join("; "),
        });
        const odd = { ...document(), format: 2, more: 1 };
        assert.throws(() => parseSeed(JSON.stringify(odd)), /format must be 1/);
        assert.throws(() => parseSeed("{"), /the seed is no JSON/);
    });
});
