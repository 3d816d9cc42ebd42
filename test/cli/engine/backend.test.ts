import assert from "node:assert/strict";
import { homedir } from "node:os";
import path from "node:path";
import { backendOf } from "../../../cli/engine/backend";

describe("where the engine keeps states", () => {
    const addresses: readonly [url: string, backend: ReturnType<typeof backendOf>][] = [
        ["file:///srv/states", { isSelfManaged: true, folder: "/srv/states" }],
        ["file:///srv/a%20b?no_tmp_dir=true", { isSelfManaged: true, folder: "/srv/a b" }],
        ["file://~", { isSelfManaged: true, folder: homedir() }],
        ["file://~/states", { isSelfManaged: true, folder: path.join(homedir(), "states") }],
        ["file://.", { isSelfManaged: true }],
        ["s3://states?region=eu-north-1", { isSelfManaged: true }],
        ["azblob://states", { isSelfManaged: true }],
        ["postgres://user@host/states", { isSelfManaged: true }],
        ["https://app.pulumi.com/agency", { isSelfManaged: false }],
        ["http://states.agency.example", { isSelfManaged: false }],
    ];
    for (const [url, backend] of addresses) it(`is read from ${url}`, () => assert.deepEqual(backendOf(url), backend));
});
