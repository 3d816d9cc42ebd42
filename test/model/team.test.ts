import assert from "node:assert/strict";
import { issuesOf, lastDayOf, roleOf, teamSchema } from "section-model";

const issuesWith = (members: unknown) => {
    const { error } = teamSchema.safeParse({ organization: "1335", members });
    return error === undefined ? [] : issuesOf(error).map(({ property, reason }) => `${property} ${reason}`);
};

describe("a team", () => {
    it("has people in one spelling, each with a role and perhaps a last day", () => {
        const members = {
            " Ada@Agency.example": "admin",
            "bob@agency.example": { role: "state" },
            "eve@agency.example": { role: "readonly", until: "2026-12-31" },
        };
        const people = teamSchema.parse({ organization: "1335", members }).members;
        assert.deepEqual(Object.values(people).map(roleOf), ["admin", "state", "readonly"]);
        assert.deepEqual(Object.values(people).map(lastDayOf), [undefined, undefined, "2026-12-31"]);
        assert.deepEqual(people, {
            "ada@agency.example": "admin",
            "bob@agency.example": "state",
            "eve@agency.example": { role: "readonly", until: "2026-12-31" },
        });
    });

    it("names the person and the reason of what is wrong", () => {
        assert.deepEqual(issuesWith({ "ada@agency.example": "admin", "ADA@agency.example": "state" }), [
            'members["ADA@agency.example"] is listed twice, as ada@agency.example; remove one',
        ]);
        assert.deepEqual(issuesWith({ ada: "admin" }), [
            "members.ada must be an e-mail address such as jane@agency.example",
        ]);
        assert.deepEqual(issuesWith({ "a@b.example": "boss" }), [
            'members["a@b.example"].role must be one of admin, restrictions-editor, state, readonly',
        ]);
        assert.deepEqual(issuesWith({ "a@b.example": { role: "state", until: "2026-02-30" } }), [
            'members["a@b.example"].until is not a day of the calendar',
        ]);
        assert.deepEqual(issuesWith({ "a@b.example": { role: "state", untill: "2026-12-31" } }), [
            'members["a@b.example"].untill is not a known property; remove it or correct its spelling',
        ]);
        assert.deepEqual(issuesWith({ "a@b.example": 7 }), [
            'members["a@b.example"] must be a role, such as readonly, or { role, until }',
        ]);
        assert.deepEqual(issuesWith(["a@b.example"]), ["members must be e-mail addresses with roles"]);
    });

    it("has no people under the names that every object has", () => {
        assert.deepEqual(issuesWith({ constructor: "admin" }), [
            "members.constructor must be an e-mail address such as jane@agency.example",
        ]);
    });
});
