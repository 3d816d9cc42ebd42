import assert from "node:assert/strict";
import { readPreview } from "../../../cli/engine/preview";
import { markdownParts } from "../../../cli/report/document-markdown";
import { documentPage } from "../../../cli/report/document-page";
import { documentText } from "../../../cli/report/document-text";
import { mostUnfolded } from "../../../cli/review/client-blocks";
import { reviewDocument } from "../../../cli/review/report";
import { reviewPreview } from "../../../cli/review/review";
import { describeBothWays } from "../../support/both-ways";
import { previewText, type StepText, urnOf } from "../../support/preview";

const clients = 40;
const sitesEach = 5;
const vcl = (site: string, grace: string) =>
    `# ${site}\nsub vcl_backend_response {\n    set beresp.grace = ${grace};\n}\n`;

interface Agency {
    clients?: number;
    /** More steps, and messages about some. */
    more?: readonly StepText[];
    said?: readonly object[];
}

/** A preview in which one line of a shared file changes in five environments of each client. */
function reviewOf({ clients: count = clients, more = [], said = [] }: Agency = {}) {
    const steps: StepText[] = [];
    for (let client = 1; client <= count; client += 1) {
        const id = String(client);
        const organization = { name: `Client ${String(client).padStart(2, "0")}` };
        steps.push({ op: "same", kind: "organization", name: `c${id}`, id, olds: organization, news: organization });
        for (let site = 1; site <= sitesEach; site += 1) {
            const application = `${id}/${site}`;
            const hostname = `www${site}.client${client}.example`;
            const inputs = { organization: id, hostname };
            steps.push({
                op: "same",
                kind: "application",
                name: hostname,
                id: application,
                olds: inputs,
                news: inputs,
            });
            const place = { application, name: "Production" };
            steps.push({
                op: "update",
                kind: "environment",
                name: `${hostname}/Production`,
                id: `${application}/Production`,
                olds: { ...place, config: { "varnish/default.vcl": vcl(hostname, "1h") } },
                news: { ...place, config: { "varnish/default.vcl": vcl(hostname, "6h") } },
            });
        }
    }
    return reviewDocument(reviewPreview(readPreview(previewText([...steps, ...more], said))));
}

/** The lines of Markdown that a reader sees before they open anything. */
function seenLines(markdown: string): string[] {
    let depth = 0;
    return markdown.split("\n").filter((line) => {
        if (line === "<details>") depth += 1;
        const isSeen = depth === 0 || (depth === 1 && line.startsWith("<summary>"));
        if (line === "</details>") depth -= 1;
        return isSeen && line !== "" && !line.startsWith("</");
    });
}

describeBothWays("a review of one line in 200 environments", () => {
    it("is one screen of Markdown: the change once, and the clients behind a line", () => {
        const parts = markdownParts(reviewOf(), 60_000);
        assert.equal(parts.length, 1);
        assert.deepEqual(seenLines(parts[0]!), [
            "## production: 1 risk; 200 to update",
            "### Risks",
            "- 200 production sites change at once: a mistake reaches all of them. `many-sites`",
            "### The same in several sites",
            "#### `varnish/default.vcl`",
            "**Change 1**, in 200 environments of 40 clients. Lines around it differ; those of `www1.client1.example` Production are shown.",
            "```diff",
            "@@ -1,4 +1,4 @@",
            " # www1.client1.example",
            " sub vcl_backend_response {",
            "-    set beresp.grace = 1h;",
            "+    set beresp.grace = 6h;",
            " }",
            "```",
            "### Clients and sites",
            "<summary><strong>40 clients</strong>, 200 sites: 200 to update; only change 1</summary>",
        ]);
        assert.equal(parts[0]!.split("<details>").length - 1, 1 + clients, "each client can be opened");
        assert.match(
            parts[0]!,
            /^- `www3\.client7\.example` Production, `www3\.client7\.example\/Production`: change 1$/m,
        );
        assert.equal(parts[0]!.match(/: change 1$/gm)?.length, clients * sitesEach, "nothing is left out");
    });

    it("is one screen of a terminal, and of a page", () => {
        const lines = documentText(reviewOf()).split("\n");
        assert.ok(lines.length < 25, lines.join("\n"));
        assert.equal(lines.at(-1), "  40 clients, 200 sites: 200 to update; only change 1");
        const page = documentPage(reviewOf());
        assert.equal(page.split("<details>").length - 1, 1 + clients);
        assert.ok(!page.includes("<details open"));
    });

    it("has a line for each client, where they are few", () => {
        const few = seenLines(markdownParts(reviewOf({ clients: 6 }), 60_000)[0]!).slice(-6);
        assert.equal(few[0], "<summary><strong>Client 01</strong>, 5 sites: 5 to update; only change 1</summary>");
        assert.equal(few[5], "<summary><strong>Client 06</strong>, 5 sites: 5 to update; only change 1</summary>");
    });

    it("shows a client with anything else first, with its risks and messages counted", () => {
        const gone = { application: "30/1", hostname: "old.client30.example", environment: "30/1/Production" };
        const environment = urnOf("environment", "www2.client9.example/Production");
        const document = reviewOf({
            more: [
                { op: "delete", kind: "domain", name: "old", id: "30/1/Production/old.client30.example", olds: gone },
            ],
            said: [{ severity: "warning", message: "warning: varnish/default.vcl:1 looks odd", urn: environment }],
        });
        const lines = documentText(document).split("\n");
        assert.deepEqual(lines.slice(lines.indexOf("Clients and sites") + 1, lines.indexOf("DNS") - 1), [
            "  Client 30, 5 sites: 1 to delete, 5 to update; 1 risk",
            "  Client 09, 5 sites: 5 to update; 1 message",
            "  38 clients, 190 sites: 190 to update; only change 1",
        ]);
    });

    it("names a person once who changes at 40 clients, and keeps all rows", () => {
        const more = Array.from({ length: clients }, (_, index): StepText => {
            const inputs = { organization: String(index + 1), email: "ada@agency.example", role: "admin" };
            return { op: "create", kind: "membership", name: `ada ${index}`, news: inputs };
        });
        const [markdown = ""] = markdownParts(reviewOf({ more }), 60_000);
        const seen = seenLines(markdown);
        assert.ok(seen.includes("| `ada@agency.example` | 40 clients | no access | **admin** |"), seen.join("\n"));
        assert.ok(seen.includes("<summary>the same client by client, 40 rows</summary>"));
        assert.equal(
            seen.at(-1),
            "<summary><strong>40 clients</strong>, 200 sites: 200 to update, 40 to create; only change 1, people</summary>",
        );
        assert.match(markdown, /^- Client 07, `ada 6`: people$/m);
        assert.equal(markdown.match(/^\| `ada@agency\.example` \| Client \d+ \|/gm)?.length, clients);
        assert.match(
            markdown,
            /ada&#64;agency\.example becomes admin of Client 01, .*Client 10 and 30 more: may do everything/,
        );
    });

    it("names the places of a change that few have, with the number of clients", () => {
        const [markdown = ""] = markdownParts(reviewOf({ clients: 1 }), 60_000);
        assert.match(markdown, /in 5 environments of 1 client: `www1\.client1\.example` Production, `www2\./);
        assert.ok(sitesEach <= mostUnfolded && !markdown.includes("<details>"), "a short review is open");
    });
});
