import assert from "node:assert/strict";
import { noObject } from "../../../../platform/git/push/push-policy";
import { PushReport } from "../../../../platform/git/push/push-report";

const command = (name: string) => ({ ref: `refs/heads/${name}`, before: noObject, after: "a".repeat(40) });
const commands = [command("a"), command("b")];

describe("the report of a push", () => {
    it("says what became of each reference, to clients that ask for it", () => {
        const report = new PushReport();
        report.refuse("refs/heads/a", "why", "fetch first");
        report.refuseAll(commands);
        const text = (words: string[]) => report.format(commands, new Set(words)).toString("latin1");
        assert.equal(text([]), "");
        assert.equal(
            text(["report-status"]),
            "000eunpack ok\n0020ng refs/heads/a fetch first\n002eng refs/heads/b pre-receive hook declined\n0000",
        );
        assert.match(text(["report-status", "side-band-64k"]), /^0009\x02why\n.*\x01000eunpack ok\n.*0000$/s);
    });

    it("what is quoted cannot steer a terminal", () => {
        const report = new PushReport();
        report.say("name\x1b[2J\r\nremote: forged\x9b1m");
        assert.match(
            report.format([], new Set(["side-band-64k"])).toString("utf8"),
            /\x02name \[2J remote: forged 1m\n/,
        );
    });
});
