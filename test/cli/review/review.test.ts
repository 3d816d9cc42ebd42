import assert from "node:assert/strict";
import { readPreview } from "../../../cli/engine/preview";
import { markdownParts } from "../../../cli/report/document-markdown";
import { reviewDocument, reviewTitle } from "../../../cli/review/report";
import { reviewPreview } from "../../../cli/review/review";
import { reviewToJson } from "../../../cli/review/review-json";
import { describeBothWays } from "../../support/both-ways";
import { previewText, type StepText, urnOf } from "../../support/preview";

const environment = (op: string, site: string, name: string, ttl = "2"): StepText => {
    const inputs = { application: site, name };
    const olds = op === "create" ? undefined : { ...inputs, config: { "a.vcl": "1\n" } };
    return {
        op,
        kind: "environment",
        name: `${site}/${name}`,
        id: `${site}/${name}`,
        olds,
        ...(op !== "delete" && { news: { ...inputs, config: { "a.vcl": `${ttl}\n` } } }),
    };
};
const same = (kind: "organization" | "application", id: string, inputs: object): StepText => ({
    op: "same",
    kind,
    name: `${kind} ${id}`,
    id,
    olds: inputs as StepText["olds"],
    news: inputs as StepText["news"],
});
const steps: StepText[] = [
    same("organization", "1", { name: "Acme" }),
    same("organization", "2", { name: "Zoo" }),
    same("application", "1/1", { organization: "1", hostname: "www.acme.example" }),
    same("application", "2/2", { organization: "2", hostname: "www.zoo.example" }),
    environment("update", "1/1", "Staging"),
    environment("update", "1/1", "Production"),
    environment("create", "1/1", "Test"),
    environment("delete", "2/2", "Staging"),
    environment("update", "2/2", "Production", "3"),
];
const reviewOf = (list: StepText[], diagnostics: object[] = []) =>
    reviewPreview(readPreview(previewText(list, diagnostics)));

describeBothWays("a review", () => {
    it("has what is risky first, then production before others, and is the same for the same preview in any order", () => {
        const order = reviewOf(steps).clients.flatMap(({ client, sites }) =>
            sites.flatMap(({ site, changes }) =>
                changes.map(({ verb, subject }) => `${client.name} ${site?.name} ${verb} ${subject}`),
            ),
        );
        assert.deepEqual(order, [
            "Zoo www.zoo.example update Production",
            "Zoo www.zoo.example delete Staging",
            "Acme www.acme.example update Production",
            "Acme www.acme.example update Staging",
            "Acme www.acme.example create Test",
        ]);
        const forms = (list: StepText[]) => [
            markdownParts(reviewDocument(reviewOf(list)), 60_000),
            JSON.stringify(reviewToJson(reviewOf(list))),
        ];
        assert.deepEqual(forms([...steps].reverse()), forms(steps));
    });

    it("is nothing where nothing changes, whatever was said; components and guards are no change", () => {
        const urn = "urn:pulumi:production::agency::section:index:Agency$section:index:ClientSite::x";
        const guard: StepText = { op: "create", kind: "guard", name: "guard", news: { __declared: {} } };
        const document = JSON.parse(
            previewText([...steps.slice(0, 4), guard], [{ severity: "warning", message: "look" }]),
        );
        document.steps.push({ op: "create", urn, newState: { inputs: {} } });
        const review = reviewPreview(readPreview(JSON.stringify(document)));
        assert.deepEqual([review.verdict, reviewTitle(review)], ["nothing", "production: nothing changes"]);
        document.steps.push({
            op: "delete",
            urn: "urn:pulumi:production::agency::random:index/randomId:RandomId::id",
            oldState: { inputs: {} },
        });
        assert.equal(reviewPreview(readPreview(JSON.stringify(document))).verdict, "changes");
    });

    it("has what was said next to the resource, and fails where the engine refused", () => {
        const urn = urnOf("environment", "1/1/Staging");
        const warned = reviewOf(steps, [
            { severity: "warning", message: "warning: a.vcl:1 looks odd\n", urn },
            { severity: "info", message: "in general" },
        ]);
        assert.equal(warned.verdict, "risky");
        const [markdown = ""] = markdownParts(reviewDocument(warned), 60_000);
        assert.match(
            markdown,
            /\*\*update\*\* environment `Staging`, `1\/1\/Staging`\n(?: {2}-.*\n)* {2}- \*\*said\*\*: a\.vcl:1 looks odd\n/,
        );
        assert.match(markdown, /### Said by the engine and the provider\n\n- in general\n$/);
        const refused = reviewOf(steps, [
            { severity: "error", message: "error: hostname: is no hostname\n  and more", urn },
            { severity: "error", message: "error: preview failed", urn: "" },
        ]);
        assert.equal(refused.verdict, "failed");
        assert.deepEqual(refused.failures, [
            { message: "preview failed" },
            { name: "1/1/Staging", urn, message: "hostname: is no hostname\n  and more" },
        ]);
        assert.match(
            markdownParts(reviewDocument(refused), 60_000)[0]!,
            /### Failed: .*\n\n- preview failed\n- `1\/1\/Staging`: hostname: is no hostname\n {2}- and more\n/,
        );
    });
});
