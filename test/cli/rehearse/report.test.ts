import assert from "node:assert/strict";
import type { Rehearsal } from "../../../cli/rehearse/rehearsal";
import { sayRehearsal } from "../../../cli/rehearse/report";

const rehearsal: Rehearsal = {
    outcome: "failed",
    stack: "production",
    endpoint: "https://live.example",
    copied: { organizations: 1, people: 2, sites: 3, environments: 4, domains: 5 },
    leftOut: [{ id: "1/9", what: "application www.acme.example/shop/", because: "is split off by a path" }],
    applied: {
        steps: [
            {
                deed: "updated",
                op: "update",
                urn: "u:a",
                name: "acme-staging",
                kind: "environment",
                id: "1/2/Staging",
                changed: ["config"],
            },
            {
                deed: "failed",
                op: "create",
                urn: "u:b",
                name: "acme-blog",
                kind: "application",
                changed: [],
                failure: "no origin\nreally \u001b[2J",
            },
        ],
        same: 6,
        errors: ["update failed"],
    },
    unsettled: [{ op: "update", urn: "u:a", changed: ["origin"] }],
    seconds: { copy: 1.26, up: 2, preview: 0 },
    kept: { url: "http://127.0.0.1:1", pid: 42, folder: "/tmp/r", tokenFile: "/tmp/r/token" },
};

describe("the report of a rehearsal", () => {
    it("says what came of each resource, in the engine's words, and nothing that moves a cursor", () => {
        assert.equal(
            sayRehearsal(rehearsal),
            [
                "Failed: pulumi up fails on a copy of what is live",
                "  stack    production",
                "  copied   1 organization, 2 people, 3 sites, 4 environments, 5 domains from https://live.example",
                "  changes  1 updated, 1 failed, 6 unchanged",
                "  time     copy 1.3 s, up 2.0 s, preview after it 0.0 s",
                "  updated          environment  acme-staging  1/2/Staging: config",
                "  failed (create)  application  acme-blog",
                "      no origin",
                "      really ^[[2J",
                "  update failed",
                "  would still update u:a: origin",
                "  not copied: application www.acme.example/shop/ (1/9): is split off by a path",
                "  the copy is at http://127.0.0.1:1, a token for it in /tmp/r/token",
                "  to end it: kill 42 && rm -r /tmp/r",
            ].join("\n"),
        );
    });

    it("is short where there is nothing to say", () => {
        const { kept, unsettled, ...rest } = rehearsal;
        const lines = sayRehearsal({
            ...rest,
            outcome: "ok",
            leftOut: [],
            applied: { steps: [], same: 7, errors: [] },
        }).split("\n");
        assert.deepEqual(
            [lines.length, lines[0], lines[3]],
            [5, "Rehearsed: it applies, and the preview after it is empty", "  changes  7 unchanged"],
        );
    });
});
