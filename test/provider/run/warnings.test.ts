import assert from "node:assert/strict";
import { Memory } from "../../../provider/run/memory";
import { noteSecretFiles } from "../../../provider/run/secret-files";
import { relayWarning, sayMoreWarnings, withoutSecret } from "../../../provider/run/warnings";

describe("warnings of the platform", () => {
    it("are shown with the first thing, and the end of the run names the others", () => {
        const told: string[] = [];
        const session = { memory: new Memory(), tell: (line: string) => void told.push(line) };
        for (const site of ["a", "b", "b", "c", "d", "e", "f", "g", "h"]) relayWarning(session, site, "warning: x");
        relayWarning(session, "a", "warning: y");
        assert.deepEqual(told, ["a: warning: x", "a: warning: y"]);
        assert.deepEqual(sayMoreWarnings(session.memory), ["b, c, d, e, f and 2 more: the same warning: x"]);
    });

    it("of a secret file are shown without a word of it", () => {
        const told: string[] = [];
        const session = { memory: new Memory(), tell: (line: string) => void told.push(line) };
        assert.equal(withoutSecret(session.memory, "varnish/a.json:1:8: hunter2"), "varnish/a.json:1:8: hunter2");
        noteSecretFiles(session.memory, { application: "1/1" }, ["varnish/a.json"]);
        relayWarning(session, "a", 'warning: varnish/a.json:1:8: key "hunter2" stands twice; the last one counts');
        assert.deepEqual(told, [
            "a: warning: varnish/a.json: the platform finds something odd; its content is a secret, so it is not shown",
        ]);
    });
});
