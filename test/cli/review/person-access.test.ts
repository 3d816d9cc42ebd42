import assert from "node:assert/strict";
import { readPreview } from "../../../cli/engine/preview";
import { isChanged, listPeople, sayAccess } from "../../../cli/review/person-access";
import { describeBothWays } from "../../support/both-ways";
import { previewText, type StepText } from "../../support/preview";

const membership = (op: string, email: string, before?: object, after?: object): StepText => ({
    op,
    kind: "membership",
    name: `m-${email}-${op}`,
    olds: before && { organization: "1", email, ...before },
    news: after && { organization: "1", email, ...after },
});

function accessOf(steps: StepText[]): string[] {
    return listPeople(readPreview(previewText(steps)))
        .filter(isChanged)
        .map(
            ({ email, client, before, after }) =>
                `${email}, ${client.name}: ${sayAccess(before)} -> ${sayAccess(after)}`,
        );
}

describeBothWays("people of a preview", () => {
    it("have access before and after, by Memberships", () => {
        const steps = [
            membership("create", "ada@x.example", undefined, { role: "state", until: "2027-01-31" }),
            membership("update", "bo@x.example", { role: "readonly" }, { role: "admin" }),
            membership("delete", "cy@x.example", { role: "admin" }),
            membership(
                "update",
                "di@x.example",
                { role: "admin", until: "2026-01-01" },
                { role: "admin", until: "2026-01-01", ended: true },
            ),
            membership("same", "ed@x.example", { role: "admin" }, { role: "admin" }),
        ];
        assert.deepEqual(accessOf(steps), [
            "ada@x.example, organization 1: no access -> state until 2027-01-31",
            "bo@x.example, organization 1: readonly -> admin",
            "cy@x.example, organization 1: admin -> no access",
            "di@x.example, organization 1: admin until 2026-01-01 -> no access",
        ]);
    });

    it("are those of a Team, and strangers whom it removes; who moves between the two keeps what they have", () => {
        const steps: StepText[] = [
            membership("delete", "bo@x.example", { role: "state" }),
            {
                op: "update",
                kind: "team",
                name: "team",
                id: "1",
                olds: {
                    organization: "1",
                    members: { "ada@x.example": "admin", "cy@x.example": { role: "state", until: "2027-01-31" } },
                },
                news: {
                    organization: "1",
                    members: { "ada@x.example": "readonly", "bo@x.example": "state" },
                    removes: ["cy@x.example", "eve@x.example"],
                },
            },
        ];
        assert.deepEqual(accessOf(steps), [
            "ada@x.example, organization 1: admin -> readonly",
            "cy@x.example, organization 1: state until 2027-01-31 -> no access",
            "eve@x.example, organization 1: a member who is not listed -> no access",
        ]);
    });
});
