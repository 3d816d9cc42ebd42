import assert from "node:assert/strict";
import { readPreview } from "../../../cli/engine/preview";
import { describeBothWays, wayNow } from "../../support/both-ways";
import { previewText, urnOf } from "../../support/preview";

describeBothWays("a preview", () => {
    it("is read without what is the package's own", () => {
        const text = previewText(
            [
                {
                    op: "replace",
                    kind: "domain",
                    name: "acme-shop",
                    id: "1/1/Production/shop.acme.example",
                    olds: { hostname: "shop.acme.example" },
                    news: { hostname: "store.acme.example" },
                    changed: ["hostname", "__v"],
                    replaces: ["hostname"],
                    protect: true,
                    from: { environment: [urnOf("application", "acme-www")] },
                },
            ],
            [{ severity: "warning", message: "look" }],
        );
        assert.deepEqual(readPreview(text), {
            steps: [
                {
                    op: "replace",
                    urn: urnOf("domain", "acme-shop"),
                    name: "acme-shop",
                    kind: "domain",
                    id: "1/1/Production/shop.acme.example",
                    olds: { hostname: "shop.acme.example" },
                    news: { hostname: "store.acme.example" },
                    outputs: {},
                    changed: ["hostname"],
                    replaces: ["hostname"],
                    isProtected: true,
                    from: {
                        ...(wayNow() === "dynamic" && { __provider: [] }),
                        environment: [urnOf("application", "acme-www")],
                    },
                },
            ],
            others: [],
            diagnostics: [{ severity: "warning", message: "look" }],
        });
    });

    it("has the changes of other packages' resources beside ours", () => {
        const urn = "urn:pulumi:production::agency::random:index/randomId:RandomId::id";
        const stack = "urn:pulumi:production::agency::pulumi:pulumi:Stack::agency-production";
        const steps = [
            { op: "create", urn, newState: { inputs: {} } },
            { op: "same", urn: `${urn}2`, newState: { inputs: {} } },
            { op: "read", urn: `${urn}3`, newState: { inputs: {} } },
            { op: "create", urn: stack, newState: {} },
        ];
        assert.deepEqual(readPreview(JSON.stringify({ steps })), {
            steps: [],
            others: [{ urn, op: "create" }],
            diagnostics: [],
        });
    });

    for (const text of ["", "{", "null", "[]", '"text"', "{}"]) {
        it(`is not ${JSON.stringify(text)}, and the refusal says how to save one`, () => {
            assert.throws(() => readPreview(text), {
                code: "invalid-input",
                remedy: /pulumi preview --json --show-sames > preview\.json/,
            });
        });
    }
});
