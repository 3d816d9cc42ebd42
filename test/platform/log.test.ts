import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { openLog } from "../../platform/log";

/** What a process that logs something writes to stderr. */
function written(settings: object): Promise<string> {
    const program = `require("tsx/cjs"); const { openLog } = require("./platform/log.ts");
        openLog(${JSON.stringify(settings)}).warn({ err: Object.assign(new Error("oh"), { detail: "the-secret" }), route: "/x" }, "it failed");`;
    return new Promise((resolve) =>
        execFile(process.execPath, ["-e", program], (_error, _stdout, stderr) => resolve(stderr)),
    );
}

describe("the platform's log", () => {
    it("shows what the settings ask for", () => {
        assert.equal(openLog({ logLevel: "warn" }).isLevelEnabled("info"), false);
        assert.equal(openLog({ logLevel: "debug" }).isLevelEnabled("info"), true);
    });

    it("is a document a line, or pairs for people", async () => {
        const json = JSON.parse(await written({ logLevel: "info" }));
        assert.deepEqual([json.level, json.msg, json.route, json.err.message], [40, "it failed", "/x", "oh"]);
        assert.match(json.time, /^\d{4}-\d\d-\d\dT/);
        assert.equal(json.err.detail, undefined);
        assert.match(
            await written({ logLevel: "info", logFormat: "logfmt" }),
            /^\S+Z warn "it failed" err=.* route=\/x\n$/,
        );
    });
});
