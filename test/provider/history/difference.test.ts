import assert from "node:assert/strict";
import { formatPropertyPath } from "../../../model/issue";
import { findDifferences, leavesOf } from "../../../provider/history/difference";

describe("differences", () => {
    it("are of the named properties, files one by one", () => {
        const before = { name: "a", role: "state", other: 1, config: { "a.txt": "1", "b.txt": "2", "d.txt": "4" } };
        const after = { name: "a", role: "admin", other: 2, config: { "a.txt": "1", "b.txt": "3", "c.txt": "5" } };
        assert.deepEqual(findDifferences(["name", "role", "config"], before, after), [
            { key: "role", from: "state", to: "admin" },
            { key: "config", file: "b.txt", from: "2", to: "3" },
            { key: "config", file: "c.txt", from: undefined, to: "5" },
            { key: "config", file: "d.txt", from: "4", to: undefined },
        ]);
        assert.deepEqual(
            findDifferences(["members"], { members: { "a@x": "state" } }, { members: { "a@x": "admin" } }),
            [{ key: "members", member: "a@x", from: "state", to: "admin" }],
        );
        assert.deepEqual(findDifferences(["files"], { files: { a: "1" } }, {}), [
            { key: "config", file: "a", from: "1", to: undefined },
        ]);
        assert.deepEqual(findDifferences(["name", "config"], before, { ...before, config: { ...before.config } }), []);
    });

    it("are shown by their innermost values; a list is a value", () => {
        const from = { address: "192.0.2.1", tls: { name: "a", verify: true }, list: [1, 2] };
        const to = { address: "192.0.2.1", tls: { name: "b", verify: true }, list: [1, 3], more: 1 };
        assert.deepEqual(leavesOf({ key: "origin", from, to }), [
            { path: ["origin", "tls", "name"], from: "a", to: "b" },
            { path: ["origin", "list"], from: [1, 2], to: [1, 3] },
            { path: ["origin", "more"], from: undefined, to: 1 },
        ]);
        assert.deepEqual(leavesOf({ key: "config", file: "a/b.vcl", from: "x", to: "y" }), [
            { path: ["config", "a/b.vcl"], from: "x", to: "y" },
        ]);
        assert.equal(formatPropertyPath(["origins", "eu-1", "address"]), 'origins["eu-1"].address');
    });
});
