import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { readPreview } from "../../../cli/engine/preview";
import { type ReviewOptions, reviewPreview } from "../../../cli/review/review";
import { riskRules } from "../../../cli/review/risk";
import { describeBothWays } from "../../support/both-ways";
import { previewText, type StepText } from "../../support/preview";
import { requireSome } from "../../support/require-some";

const risksOf = (steps: StepText[], options?: ReviewOptions) =>
    reviewPreview(readPreview(previewText(steps)), options).risks;
const domain = (op: string, where: string, engaged: boolean, more: Partial<StepText> = {}): StepText => {
    const inputs = { environment: `1/1/${where}`, hostname: "x.acme.example" };
    return {
        op,
        kind: "domain",
        name: "x",
        id: `1/1/${where}/x.acme.example`,
        olds: inputs,
        ...(op !== "delete" && { news: inputs }),
        outputs: { engaged },
        ...more,
    };
};
const production = (id: string, olds: object, news: object): StepText => ({
    op: "update",
    kind: "environment",
    name: `e-${id}`,
    id: `${id}/Production`,
    olds: { application: id, name: "Production", ...olds },
    news: { application: id, name: "Production", ...news },
});
const member = (name: string, email: string, before?: string, after?: string): StepText => ({
    op: before === undefined ? "create" : after === undefined ? "delete" : before === after ? "same" : "update",
    kind: "membership",
    name,
    olds: before === undefined ? undefined : { organization: name[0], email, role: before },
    news: after === undefined ? undefined : { organization: name[0], email, role: after },
});

const risky: Record<string, StepText[]> = {
    "live-leaves": [domain("replace", "Staging", true)],
    "production-leaves": [domain("delete", "Production", false)],
    "environment-leaves": [
        {
            op: "delete",
            kind: "environment",
            name: "s",
            id: "1/1/Staging",
            olds: { application: "1/1", name: "Staging" },
        },
    ],
    "protected-leaves": [domain("delete", "Staging", false, { protect: true })],
    "takes-over": [
        domain("create", "Staging", false, {
            olds: undefined,
            news: {
                environment: "1/1/Staging",
                hostname: "x.acme.example",
                __takesOver: { from: "shop/prod alias", changes: ["its certificate changes"] },
            },
        }),
    ],
    "becomes-admin": [member("1a", "ada@x.example", "readonly", "admin")],
    "last-admin": [member("1a", "ada@x.example", "admin", "readonly")],
    "last-access": [member("1a", "ada@x.example", "state")],
    "production-origin": [production("1/1", { origin: { address: "a" } }, { origin: { address: "b" } })],
    "production-proxies": [production("1/1", { ownership: "managed" }, { ownership: "complete" })],
    "live-certificate": [
        domain("update", "Production", true, {
            news: { environment: "1/1/Production", hostname: "x.acme.example", certificate: "acme" },
        }),
    ],
    "live-moves": [
        domain("update", "Staging", true, { news: { environment: "1/1/Production", hostname: "x.acme.example" } }),
    ],
    "many-sites": Array.from({ length: 11 }, (_, index) =>
        production(`1/${index}`, { config: { a: "1\n" } }, { config: { a: "2\n" } }),
    ),
};

describeBothWays("risks", () => {
    for (const { rule } of requireSome(riskRules).filter((each) => each.rule !== "unchecked")) {
        it(`has ${rule}, and says it in a sentence`, () => {
            const steps = risky[rule];
            assert.ok(steps, `this test has no preview with ${rule}`);
            const found = risksOf(steps);
            assert.deepEqual([...new Set(found.map((risk) => risk.rule))], [rule]);
            assert.match(found[0]!.sentence, /^(?:[A-Z]|[\w.@]+@?[\w.]+ |\d+ ).+\.$/);
            assert.ok(found[0]!.urns.length > 0);
        });
    }

    it("has unchecked, for a preview that the platform did not answer", () => {
        const message =
            "not checked with the platform: 2 things. https://s.example, from SECTION_ENDPOINT, did not answer in time. Check SECTION_ENDPOINT and the network, then run again.\n";
        const { verdict, risks } = reviewPreview(readPreview(previewText([], [{ severity: "info", message }])));
        assert.deepEqual(
            [verdict, risks],
            ["risky", [{ rule: "unchecked", sentence: `The preview is ${message.trimEnd()}`, urns: [] }]],
        );
    });

    it("say of a change that it takes the thing over, by consent", () => {
        const news = {
            environment: "1/1/Staging",
            hostname: "x.acme.example",
            __takesOver: { from: "shop/prod alias", changes: [] },
        };
        const [taken] = risksOf([domain("update", "Staging", false, { news })]).filter(
            ({ rule }) => rule === "takes-over",
        );
        assert.match(taken?.sentence ?? "", / is taken over from shop\/prod alias, with this change\.$/);
    });

    it("are none where nobody and nothing that visitors see is touched", () => {
        const staging = { application: "1/1", name: "Staging" };
        const steps: StepText[] = [
            {
                op: "update",
                kind: "environment",
                name: "s",
                id: "1/1/Staging",
                olds: { ...staging, origin: { address: "a" } },
                news: { ...staging, origin: { address: "b" } },
            },
            production("1/1", { config: { a: "1\n" } }, { config: { a: "2\n" } }),
            domain("delete", "Staging", false),
            domain("create", "Production", false, { olds: undefined, name: "new" }),
            member("1a", "ada@x.example", "admin", "admin"),
            member("1b", "bo@x.example", "admin", "readonly"),
            member("2b", "bo@x.example", "readonly", "state"),
            member("1c", "cy@x.example", undefined, "state"),
            member("1d", "di@x.example", "state"),
            member("2d", "di@x.example", "state", "state"),
        ];
        assert.deepEqual(risksOf(steps), []);
        assert.deepEqual(
            risksOf(risky["many-sites"]!.slice(0, 2), { manySites: 1 }).map(({ sentence }) => sentence),
            ["2 production sites change at once: a mistake reaches all of them."],
        );
    });

    it("are all in docs/review.md, as they are", () => {
        const page = readFileSync("docs/review.md", "utf8");
        for (const { rule, when } of requireSome(riskRules))
            assert.ok(page.includes(`| \`${rule}\` | ${when} |\n`), rule);
    });

    it("name a site that leaves once, live when anything of it is", () => {
        const site: StepText = {
            op: "delete",
            kind: "application",
            name: "www",
            id: "1/1",
            olds: { organization: "1", hostname: "www.acme.example" },
        };
        const found = risksOf([site, domain("delete", "Staging", true), { ...risky["environment-leaves"]![0]! }]);
        assert.deepEqual(
            found.map(({ sentence }) => sentence),
            ["The site www.acme.example is live and is removed: visitors lose it."],
        );
    });
});
