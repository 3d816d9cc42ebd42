import assert from "node:assert/strict";
import { findSetting, findToken } from "../../../provider/run/find-setting";

const config = (values: Record<string, string>) => ({ get: (key: string) => values[key] });

describe("a setting", () => {
    const stack = { "section:allowLiveDelete": "a", "section:token": "t" };

    it("is found with the name of what sets it: provider, variable, stack config", () => {
        const environment = { SECTION_ALLOW_LIVE_DELETE: " b " };
        const explicit = config({ ...stack, "section-provider:allowLiveDelete": "c" });
        const find = (...[given, variables]: [ReturnType<typeof config> | undefined, NodeJS.ProcessEnv]) =>
            findSetting(given, variables, "allowLiveDelete");
        assert.deepEqual(
            [find(explicit, environment), find(config(stack), environment), find(config(stack), {})],
            [
                { value: "c", setBy: "the program's Provider (allowLiveDelete)" },
                { value: "b", setBy: "SECTION_ALLOW_LIVE_DELETE" },
                { value: "a", setBy: "section:allowLiveDelete" },
            ],
        );
        assert.equal(find(config({ "section:allowLiveDelete": " " }), {}), undefined, "blanks set nothing");
    });

    it("that holds a token may also be a file, which a variable with the token beats", () => {
        assert.deepEqual(findToken(config(stack), { SECTION_TOKEN: "v" }), { value: "v", setBy: "SECTION_TOKEN" });
        assert.deepEqual(findToken(config(stack), {}), { value: "t", setBy: "section:token" });
        assert.throws(() => findToken(config(stack), { SECTION_TOKEN_FILE: "/nowhere/token" }), {
            code: "settings-missing",
        });
    });
});
