import assert from "node:assert/strict";
import { fairUse, fairUseOf, makeAmountProblem, makeRateProblem, makeSystemLimit } from "../../platform/fair-use";
import { readOptions, settings } from "../../platform/options";

describe("the limits of fair use", () => {
    it("are settings with the defaults of the table, and 0 switches each off", () => {
        const names = Object.keys(fairUse) as (keyof typeof fairUse)[];
        for (const name of names) {
            const setting = settings.find((each) => each.name === name);
            assert.deepEqual(
                [setting?.defaultValue, setting?.description],
                [fairUse[name].most, fairUse[name].description],
            );
            assert.equal(readOptions({ [name]: 0 })[name], 0);
            assert.throws(() => readOptions({ [name]: -1 }), new RegExp(name));
        }
        assert.deepEqual(Object.keys(fairUseOf(readOptions({}))), names);
    });

    it("name themselves in a refusal: the thing, the number, the setting and the remedy", () => {
        const rate = makeRateProblem("invitationsPerHour", 7, 90);
        assert.deepEqual([rate.code, rate.status, rate.retryAfterSeconds], ["rate-limited", 429, 90]);
        assert.match(
            rate.message,
            /^invitations of this user: more than 7 an hour \(the platform's setting invitationsPerHour\)\. Please/,
        );
        const amount = makeAmountProblem("organizationBytes", 1024);
        assert.deepEqual([amount.code, amount.status], ["limit-reached", 403]);
        assert.match(
            amount.message,
            /: at most 1024 \(the platform's setting organizationBytes\)\. Remove what is not needed/,
        );
        const known = makeSystemLimit("applicationLimit", 5);
        assert.equal(known.message, "System limit exceeded. Contact support to increase this limit.");
        assert.equal(
            known.limit,
            "applications of this organization: at most 5 (the platform's setting applicationLimit)",
        );
    });
});
