import assert from "node:assert/strict";
import {
    bytesRule,
    countRule,
    flagRule,
    hoursRule,
    listRule,
    portRule,
    secondsRule,
} from "../../platform/option-rules";

describe("the rules of settings", () => {
    it("take text as the environment has it", () => {
        assert.deepEqual(
            [portRule.parse("8080"), countRule(1).parse("7"), bytesRule().parse("1024"), secondsRule.parse("0.5")],
            [8080, 7, 1024, 0.5],
        );
        assert.deepEqual([hoursRule.parse("6"), flagRule.parse("false"), flagRule.parse(true)], [6, false, true]);
        assert.deepEqual(listRule.parse(" a, b,,c "), ["a", "b", "c"]);
    });

    it("say in one sentence which values there are", () => {
        for (const [rule, value, reason] of [
            [portRule, 65_536, "must be a port number, from 0 to 65535"],
            [countRule(1), 0, "must be a whole number, 1 or more"],
            [bytesRule(), "10 MB", "must be a whole number of bytes, 1024 or more"],
            [secondsRule, -1, "must be a number of seconds, from 0 to 3600"],
            [hoursRule, 9000, "must be a number of hours, from 0 to 8760"],
        ] as const)
            assert.deepEqual(
                rule.safeParse(value).error?.issues.map(({ message }) => message),
                [reason],
            );
    });
});
