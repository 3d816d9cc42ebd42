import assert from "node:assert/strict";
import { readPreview } from "../../../cli/engine/preview";
import { documentMarkdown } from "../../../cli/report/document-markdown";
import { reviewDocument } from "../../../cli/review/report";
import { reviewPreview } from "../../../cli/review/review";
import { showPromotion } from "../../../cli/review/shown-promotion";
import { promotedLinesProperty } from "../../../provider/run/promoted-lines";
import { describeBothWays } from "../../support/both-ways";
import { previewText, type StepText } from "../../support/preview";

const [older, newer] = ["a".repeat(40), "b".repeat(40)];
const update = (olds: object, news: object, site = "1/1"): StepText => ({
    op: "update",
    kind: "environment",
    name: `production-${site}`,
    id: `${site}/Production`,
    olds: { application: site, name: "Production", ...olds },
    news: { application: site, name: "Production", ...news },
});
const change = (more: object = {}) => ({ onto: "c", commits: [], takenBack: [], files: [], ...more });
const shownOf = (step: StepText) => showPromotion(readPreview(previewText([step])).steps[0] as never);
const review = (...steps: StepText[]) => reviewPreview(readPreview(previewText(steps)), { manySites: 1 });

const diff = "@@ -1,2 +1,2 @@\n a\n-b\n+c";
const going = {
    promote: newer,
    goesLive: {
        [newer]: change({
            commits: ["b line"],
            takenBack: ["a line"],
            files: ["changed a.vcl", "added new.txt", "removed old.txt", "changed logo.png", "and 3 more"],
        }),
    },
    [promotedLinesProperty]: {
        "a.vcl": { diff },
        "new.txt": { diff: "@@ -0,0 +1,1 @@\n+new" },
        "old.txt": { note: "12 more lines, from 1 to 2" },
        "logo.png": { note: "a binary file of 5 bytes, before 3 bytes" },
    },
};

describeBothWays("what goes live with a promotion", () => {
    it("is commits, then each file with its lines or the reason why they are not shown", () => {
        assert.deepEqual(shownOf(update({ promote: older }, going)), [
            { property: "commits that go live in Production", diff: "+b line\n-a line" },
            { property: "a.vcl", isFile: true, diff: `${diff}\n`, edit: "changed\n2 -b\n2 +c" },
            {
                property: "new.txt",
                isFile: true,
                after: "a new file",
                diff: "@@ -0,0 +1,1 @@\n+new\n",
                edit: "added\n1 +new",
            },
            { property: "old.txt", isFile: true, after: "removed, 12 more lines, from 1 to 2" },
            { property: "logo.png", isFile: true, after: "a binary file of 5 bytes, before 3 bytes" },
            { property: "and 3 more", isFile: true, after: "not named here" },
        ]);
    });

    it("is read once where several sites get the same lines", () => {
        const text = documentMarkdown(reviewDocument(review(update({}, going), update({}, going, "1/2"))));
        assert.match(text, /\*\*Change 1\*\*, in 2 environments/);
        assert.equal(text.split("+c").length, 2);
    });

    it("is not said again in the words of the provider", () => {
        const messages = [
            `Production of 1/1 gets the content of ${newer.slice(0, 10)}`,
            "  file: changed a.vcl",
            "    -b\n    +c\n",
            "another message",
        ];
        const diagnostics = messages.map((message) => ({ severity: "info", message }));
        const { said } = reviewPreview(readPreview(previewText([update({}, going)], diagnostics)));
        assert.deepEqual(said, ["another message"]);
    });

    it("is nothing when another property changes beside it, and named when nothing is promoted any more", () => {
        const { goesLive } = going;
        assert.deepEqual(shownOf(update({ promote: newer, goesLive }, { ...going, ipBlacklist: [] })), []);
        assert.deepEqual(
            shownOf(
                update(
                    { promote: newer, goesLive },
                    { goesLive: { [older]: change({ files: ["removed robots.txt"] }) } },
                ),
            ),
            [{ property: "robots.txt", isFile: true, after: "removed" }],
        );
    });

    it("is no change where config gives way to a commit of the same content: nothing is removed, nothing a risk", () => {
        const config = { "varnish/default.vcl": "vcl 4.0;\n", "robots.txt": "User-agent: *\n" };
        const proxyChain = [{ name: "varnish", image: "varnish:6.3.1" }];
        const news = { promote: newer, goesLive: { [newer]: change() } };
        const steps = [1, 2].map((site) => update({ config, proxyChain, ownership: "complete" }, news, `1/${site}`));
        const { verdict, risks, clients } = review(...steps);
        assert.deepEqual([verdict, risks], ["changes", []]);
        assert.deepEqual(
            clients[0]?.sites[0]?.changes[0]?.shown.map(({ property }) => property),
            ["promote", "content"],
        );
        const text = documentMarkdown(reviewDocument(review(...steps)));
        assert.match(text, /`content`: no content changes/);
        assert.doesNotMatch(text, /removed|robots/);
    });

    it("is a risk where it brings other proxies", () => {
        const files = ["changed section.config.json"];
        const { risks } = review(update({}, { promote: newer, goesLive: { [newer]: change({ files }) } }));
        assert.deepEqual(
            risks.map(({ rule }) => rule),
            ["production-proxies"],
        );
    });
});
