import assert from "node:assert/strict";
import { findUnknownSettings } from "../../../provider/program/config-keys";
import { settingNames } from "../../../provider/run/setting-names";

describe("keys of a stack config", () => {
    it("that are no setting are named, with the setting that was meant", () => {
        assert.deepEqual(
            findUnknownSettings(["section:endpont", "section:maxDelete", "section:x", "shop:endpont", "aws:region"]),
            [
                "section:endpont in the stack config is no setting, and nothing reads it; did you mean section:endpoint?",
                "section:maxDelete in the stack config is no setting, and nothing reads it; did you mean section:maxDeletes?",
                `section:x in the stack config is no setting, and nothing reads it; settings are ${settingNames.join(", ")}`,
            ],
        );
        assert.deepEqual(findUnknownSettings(settingNames.map((name) => `section:${name}`)), []);
    });
});
