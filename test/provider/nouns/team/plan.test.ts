import assert from "node:assert/strict";
import { describeMembers, planTeam } from "../../../../provider/nouns/team/plan";

const person = (name: string, role: string) => ({ userId: 1, email: name, role, status: "active" as const });
const people = [person("olga", "admin"), person("ada", "admin"), person("rita", "readonly"), person("eve", "admin")];

describe("the plan of a team", () => {
    it("brings those who come, then the stronger roles, and removes only whom a preview has shown", () => {
        const wanted = {
            ada: "state" as const,
            rita: { role: "admin" as const, until: "2026-12-31" },
            bob: "readonly" as const,
        };
        const { invites, roles, removes } = planTeam(people, wanted, new Set(["eve"]), "olga");
        assert.deepEqual(invites, [{ email: "bob", role: "readonly" }]);
        assert.deepEqual(
            roles.map(({ member, role }) => `${member.email} ${role}`),
            ["rita admin", "ada state"],
        );
        assert.deepEqual(
            removes.map(({ email }) => email),
            ["eve"],
        );
        assert.deepEqual(planTeam(people, wanted, new Set(), "olga").removes, [], "nobody was shown");
        assert.deepEqual(planTeam(people, {}, new Set(["olga"]), "olga").removes, [], "the owner stays");
    });

    it("people are described as a declaration would list them", () => {
        const until = "2026-12-31";
        assert.deepEqual(
            describeMembers(people, { rita: { role: "readonly", until }, eve: { role: "state", until } }, "olga"),
            {
                ada: "admin",
                eve: { role: "admin", until },
                rita: { role: "readonly", until },
            },
        );
        assert.equal(describeMembers(people, { olga: "admin" }, "olga").olga, "admin", "the owner where it is listed");
    });
});
