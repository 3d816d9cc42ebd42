import assert from "node:assert/strict";
import { countLines, leftOutLines, lostSignLines } from "../../../cli/export/report";

describe("the report of an export", () => {
    it("counts what there is, and names what stays outside, and why", () => {
        const counts = { organizations: 1, members: 2, sites: 1200, environments: 4, domains: 5, resources: 6 };
        assert.deepEqual(countLines(counts), [
            ["organizations", "1"],
            ["members", "2"],
            ["sites", "1,200"],
            ["environments", "4"],
            ["domains", "5"],
            ["resources", "6"],
        ]);
        assert.deepEqual(leftOutLines([]), []);
        assert.deepEqual(leftOutLines([{ id: "1/2", what: "application a", because: "is split off" }]), [
            "",
            "left out, and stays as it is (1):",
            "  1/2  application a: is split off",
        ]);
    });

    it("counts the environments whose files code in TypeScript would change", () => {
        const linesOf = (...contents: unknown[]) => {
            const environments = contents.map((content) => ({
                environment: { kind: "environment", recorded: { inputs: { config: { "varnish/a": content } } } },
                domains: [],
            }));
            const [organization, application] = [
                { recorded: { inputs: { name: "$\n$\n" } } },
                { recorded: { inputs: {} } },
            ];
            const clients = [{ organization, memberships: [], sites: [{ application, environments }] }];
            return lostSignLines({ clients } as never);
        };
        const whole = ["$", "a$\n", "\na$", "a\nb\n", `a\n$${"{b}"}\n`, { base64: "JAo=" }];
        assert.deepEqual(linesOf(...whole), []);
        assert.match(
            linesOf(...whole, "a\n$", "\n$\n").join(" "),
            /^ the TypeScript that pulumi import writes loses a "\$" in files of 2 environments/,
        );
    });
});
