import assert from "node:assert/strict";
import { readPreview } from "../../../cli/engine/preview";
import { markdownParts } from "../../../cli/report/document-markdown";
import { documentPage } from "../../../cli/report/document-page";
import { reviewDocument } from "../../../cli/review/report";
import { reviewPreview } from "../../../cli/review/review";
import { reviewToJson } from "../../../cli/review/review-json";
import { safeText, showChanges } from "../../../cli/review/shown-change";
import { unknownValue } from "../../../provider/run/unknown";
import { describeBothWays } from "../../support/both-ways";
import { previewText, type StepText } from "../../support/preview";

const stepOf = (step: StepText) => readPreview(previewText([step])).steps[0]!;
const environment = (olds: StepText["olds"], news: StepText["news"], changed: string[] = []) =>
    stepOf({ op: "update", kind: "environment", name: "e", id: "1/1/Production", olds, news, changed });

describeBothWays("what of a resource changes", () => {
    it("is shown by property and file, with lines where a text is long", () => {
        const shown = showChanges(
            environment(
                {
                    origin: { address: "a", enableSni: true },
                    config: { "a.txt": "1\n", "b.txt": "1\n", "c.bin": { bytes: 3, blob: "aa" } },
                    ipBlacklist: ["192.0.2.1"],
                },
                {
                    origin: { address: unknownValue, enableSni: true },
                    config: { "a.txt": "2\n", "c.bin": { bytes: 4, blob: "bb" }, "d.txt": "new\n" },
                    ipBlacklist: Array.from({ length: 20 }, (_, index) => `192.0.2.${index}`),
                },
            ),
            false,
        );
        const of = (property: string) => shown.find((each) => each.property === property);
        assert.equal(shown.length, 6);
        assert.deepEqual(of("origin.address"), { property: "origin.address", before: '"a"', after: "not known yet" });
        assert.equal(of("a.txt")?.diff, "@@ -1,1 +1,1 @@\n-1\n+2\n");
        assert.equal(of("b.txt")?.after, "removed");
        assert.equal(of("d.txt")?.after, "a new file");
        assert.match(of("c.bin")?.diff ?? "", /-a binary file of 3 bytes "aa"\n[^+]*\+a binary file of 4 bytes "bb"/);
        assert.match(of("ipBlacklist")?.diff ?? "", /^\+ {4}"192\.0\.2\.19"$/m);
    });

    it("is named and nothing else where it is a secret, looks like one, or has one in it", () => {
        const key = "-----BEGIN PRIVATE KEY-----\nMIIBVgIBADANBgkq\n-----END PRIVATE KEY-----\n";
        const steps = [
            environment({ config: { "x.vcl": "[secret]" } }, { config: { "x.vcl": "[secret]" } }, ['config["x.vcl"]']),
            environment({ config: "[secret]" }, { config: "[secret]" }, ["config"]),
            environment({ config: "[secret]" }, { config: { "x.vcl": "in clear now" } }, ["config"]),
            environment({ config: { "x.pem": key } }, { config: { "x.pem": `${key}\n` } }),
            environment({ origin: { hostHeader: "[secret]" } }, { origin: { hostHeader: "a" } }),
            environment({ origins: { a: "https://user:hunter2x@origin.example" } }, { origins: { a: "b" } }),
            stepOf({
                op: "update",
                kind: "domain",
                name: "d",
                olds: { certificate: { publicCertificates: "PEM 1", privateKey: "[secret]" } },
                news: { certificate: { publicCertificates: "PEM 2", privateKey: "[secret]" } },
                changed: ["certificate.privateKey"],
            }),
        ];
        for (const step of steps) {
            const shown = showChanges(step, false);
            assert.ok(shown.length === 1 && shown[0]!.isSecret, JSON.stringify(shown));
            assert.deepEqual(
                Object.keys(shown[0]!).filter((name) => !["property", "isSecret", "isFile"].includes(name)),
                [],
            );
        }
        assert.equal(safeText('one\nerror: password = "hunter2x"'), "one\n[secret]");
    });

    it("is in no form of a review where it looks like a secret, new and changed", () => {
        const texts = ["first-hunter-2", "second-hunter-3"];
        const file = (text: string | undefined) => ({
            application: "1/1",
            name: "Production",
            config: { "a.vcl": `set x;\napi_key = "${text}"\n` },
        });
        const preview = readPreview(
            previewText(
                [
                    {
                        op: "update",
                        kind: "environment",
                        name: "e",
                        id: "1/1/Production",
                        olds: file(texts[0]),
                        news: file(texts[1]),
                    },
                    { op: "create", kind: "environment", name: "n", news: { ...file(texts[1]), name: "Staging" } },
                    { op: "create", kind: "environment", name: "m", news: { ...file(texts[1]), name: "Test" } },
                ],
                [{ severity: "error", message: `it said password: "${texts[0]}"` }],
            ),
        );
        const review = reviewPreview(preview);
        const document = reviewDocument(review);
        for (const text of [
            ...markdownParts(document, 60_000),
            documentPage(document),
            JSON.stringify(reviewToJson(review)),
        ]) {
            assert.match(text, /a\.vcl/);
            for (const secret of texts) assert.ok(!text.includes(secret));
        }
    });

    it("is what the engine says where the inputs do not tell", () => {
        assert.deepEqual(showChanges(environment({ name: "a" }, { name: "a" }, ["files"]), false), [
            { property: "files" },
        ]);
    });
});
