import assert from "node:assert/strict";
import { twoAdmins } from "../../../policy/rules/two-admins";
import { type Declared, unknownText, violationsOf } from "../../support/policy";

const organization = { type: "Organization", name: "acme", props: { name: "Acme" } };
const member = (name: string, props: object = {}): Declared => ({
    type: "Membership",
    name,
    props: { organization: unknownText, email: `${name}@agency.example`, role: "admin", ...props },
    from: { organization: ["acme"] },
});
const team = (members: unknown, from: Record<string, string[]> = { organization: ["acme"] }): Declared => ({
    type: "Team",
    name: "people",
    props: { organization: "1335", members },
    from,
});

describe("the rule section-two-admins", () => {
    it("counts admins by organization, over memberships and teams", async () => {
        assert.deepEqual(await violationsOf(twoAdmins, [organization]), ["acme: Organization Acme has 0 of 2 admins."]);
        assert.deepEqual(
            await violationsOf(twoAdmins, [organization, member("ada"), member("jo", { role: "state" })]),
            ["acme: Organization Acme has 1 of 2 admins: ada@agency.example."],
        );
        assert.deepEqual(await violationsOf(twoAdmins, [organization, member("ada"), member("jo")]), []);
        assert.deepEqual(
            await violationsOf(twoAdmins, [
                organization,
                team({ "ada@agency.example": "admin", "jo@agency.example": { role: "admin" } }),
            ]),
            [],
        );
        const other = { type: "Organization", name: "bakery", props: { name: "Bakery" } };
        assert.deepEqual(await violationsOf(twoAdmins, [organization, other, member("ada"), member("jo")]), [
            "bakery: Organization Bakery has 0 of 2 admins.",
        ]);
    });

    it("counts a person once, and nobody whose last day is past", async () => {
        assert.equal(
            (
                await violationsOf(twoAdmins, [
                    organization,
                    member("ada"),
                    member("again", { email: "ada@agency.example" }),
                ])
            ).length,
            1,
        );
        const until = (day: string) => [organization, member("ada"), member("jo", { until: day })];
        assert.deepEqual(await violationsOf(twoAdmins, until("2020-01-01")), [
            "acme: Organization Acme has 1 of 2 admins: ada@agency.example.",
        ]);
        assert.deepEqual(await violationsOf(twoAdmins, until(new Date().toISOString().slice(0, 10))), []);
        assert.equal(
            (
                await violationsOf(twoAdmins, [
                    organization,
                    team({ "a@b.example": "admin", "c@d.example": { role: "admin", until: "2020-01-01" } }),
                ])
            ).length,
            1,
        );
    });

    it("counts the owner that is configured, once", async () => {
        const owner = "Olga@Agency.example";
        assert.deepEqual(await violationsOf(twoAdmins, [organization, member("ada")], { owner }), []);
        assert.equal((await violationsOf(twoAdmins, [organization, member("olga")], { owner })).length, 1);
        assert.deepEqual(await violationsOf(twoAdmins, [organization], { owner, least: 1 }), []);
    });

    it("gives who is not known yet the benefit of the doubt", async () => {
        assert.deepEqual(
            await violationsOf(twoAdmins, [organization, member("ada"), member("jo", { role: unknownText })]),
            [],
        );
        assert.deepEqual(
            await violationsOf(twoAdmins, [organization, member("ada"), member("jo", { email: unknownText })]),
            [],
        );
        assert.deepEqual(await violationsOf(twoAdmins, [organization, team(unknownText)]), []);
        assert.deepEqual(
            await violationsOf(twoAdmins, [organization, team({ "a@b.example": "admin", "c@d.example": unknownText })]),
            [],
        );
    });

    it("judges an organization that exists elsewhere by its team, and never by single memberships", async () => {
        assert.deepEqual(await violationsOf(twoAdmins, [team({ "ada@agency.example": "admin" }, {})]), [
            "people: Organization 1335 has 1 of 2 admins: ada@agency.example.",
        ]);
        assert.deepEqual(await violationsOf(twoAdmins, [{ ...member("ada", { organization: "1335" }), from: {} }]), []);
    });
});
