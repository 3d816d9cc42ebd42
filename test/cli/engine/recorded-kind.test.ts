import assert from "node:assert/strict";
import { kindOfRecorded } from "../../../cli/engine/recorded-kind";

describe("the kind of a resource that the engine recorded", () => {
    const cases: readonly [type: string, custom: boolean | undefined, kind: string | undefined][] = [
        ["pulumi-nodejs:dynamic/section:Application", true, "application"],
        ["section:index:Application", true, "application"],
        ["section:index:Team", undefined, "team"],
        ["section:index:Guard", true, "guard"],
        ["pulumi-nodejs:dynamic/section:PathRule", true, "pathRule"],
        ["section:index:PathRule", true, "pathRule"],
        ["section:index:Agency", false, undefined],
        ["section:index:PathRule", undefined, undefined],
        ["pulumi-nodejs:dynamic:Resource", true, undefined],
        ["pulumi:providers:section", true, undefined],
        ["other:index:Application", true, undefined],
    ];
    for (const [type, custom, kind] of cases)
        it(`${type}${custom === false ? ", a component," : ""} is ${kind ?? "none of ours"}`, () =>
            assert.equal(kindOfRecorded({ type, custom }), kind));
});
