import assert from "node:assert/strict";
import { personalMail } from "../../../policy/rules/personal-mail";
import { unknownText, violationsOf } from "../../support/policy";

const all = [
    { type: "Membership", name: "jo", props: { email: "jo@gmail.com", role: "state" } },
    { type: "Membership", name: "guest", props: { email: "guest@gmail.com", role: "readonly" } },
    { type: "Membership", name: "later", props: { email: unknownText, role: "admin" } },
    { type: "Membership", name: "notgmail", props: { email: "x@notgmail.com", role: "admin" } },
    {
        type: "Team",
        name: "team",
        props: {
            members: {
                "a@web.de": "admin",
                "b@web.de": { role: "state" },
                "c@web.de": "readonly",
                "d@web.de": unknownText,
            },
        },
    },
];

describe("the rule section-personal-mail", () => {
    it("lets personal mailboxes look only", async () => {
        assert.deepEqual(await violationsOf(personalMail, all), [
            "jo: jo@gmail.com has a personal mailbox and the role state.",
            "team: a@web.de has a personal mailbox and the role admin.",
            "team: b@web.de has a personal mailbox and the role state.",
        ]);
    });

    it("takes other domains and roles", async () => {
        assert.deepEqual(await violationsOf(personalMail, all, { domains: ["notgmail.com"], roles: ["admin"] }), []);
        assert.deepEqual(await violationsOf(personalMail, all, { domains: ["gmail.com"], roles: [] }), [
            "jo: jo@gmail.com has a personal mailbox and the role state.",
            "guest: guest@gmail.com has a personal mailbox and the role readonly.",
        ]);
    });
});
