import assert from "node:assert/strict";
import type { PlannedConversion } from "../../../cli/convert/convert-stack";
import { conversionToJson, sayConverted, sayPlanned } from "../../../cli/convert/report";

const planned: PlannedConversion = {
    choice: { stack: "my stack" },
    way: "dynamic",
    before: "",
    conversion: { document: {}, counts: new Map([["domain", 1]]), providers: [] },
    isConverted: false,
    change: { settings: { others: {} }, words: ["rm", "section:plugin"] },
};

describe("the words of a conversion", () => {
    it("name the stack in every line that is to be copied", () => {
        assert.equal(
            sayPlanned(planned),
            `to dynamic resources: 1 resource of the state; nothing on the platform is touched
  domain  1
  config  pulumi config rm section:plugin --stack 'my stack'`,
        );
        assert.equal(
            sayConverted(planned, { backup: "/our files/state.json" }),
            `converted to dynamic resources: 1 resource; nothing on the platform was touched
  before   /our files/state.json
  restore  pulumi stack import --file '/our files/state.json' --stack 'my stack'
  back     pulumi-section convert --to plugin --stack 'my stack'
  next     pulumi preview --stack 'my stack'   which is empty`,
        );
    });

    it("tell of no backup where only the config was left, and of nothing where somebody said no", () => {
        const words = sayConverted({ ...planned, isConverted: true }, {});
        assert.doesNotMatch(words, /before|restore/);
        assert.equal((conversionToJson(planned, undefined) as { outcome: string }).outcome, "nothing");
    });
});
