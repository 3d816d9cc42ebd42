import assert from "node:assert/strict";
import fc from "fast-check";
import { Problem } from "section-model";
import type { Difference } from "../../../platform/git/views/difference";
import { applicationPage } from "../../../platform/page/application";
import { commitPage, comparisonPage } from "../../../platform/page/commit";
import { formatDocument, type View } from "../../../platform/page/document";
import { domainPage } from "../../../platform/page/domain";
import { domainsPage } from "../../../platform/page/domains";
import { environmentPage } from "../../../platform/page/environment";
import { failurePage } from "../../../platform/page/failure";
import { filePage } from "../../../platform/page/file";
import { acceptPage, verifyPage } from "../../../platform/page/link";
import { membersPage } from "../../../platform/page/memberships";
import { organizationPage } from "../../../platform/page/organization";
import { organizationsPage } from "../../../platform/page/organizations";
import { signInPage } from "../../../platform/page/sign-in";
import { readMarkup } from "../../support/markup";
import { requireSome } from "../../support/require-some";

const at = new Date("2026-01-02T03:04:05Z");
const commitId = "0123456789abcdef0123456789abcdef01234567";

/** Every page, with `text` wherever somebody can have written something. */
function everyView(text: string): Record<string, View> {
    const claim = { id: "c".repeat(16), project: text, stack: text, resource: text, claimed_at: at.toISOString() };
    const organization = {
        id: 1,
        name: text,
        owner_id: 2,
        requires_2fa: false,
        application_limit: null,
        claim,
        created_at: at,
    };
    const application = {
        id: 3,
        account_id: 1,
        name: text,
        root_id: 2,
        path_prefix: text,
        state: "ready" as const,
        claim,
        created_at: at,
    };
    const environment = {
        id: 4,
        account_id: 1,
        application_id: 3,
        name: text,
        state: "ready" as const,
        outage_page: null,
        dns_bypassed: false,
        claim,
        created_at: at,
    };
    const attached = {
        hostname: text,
        engaged: false,
        application_id: 3,
        application_name: text,
        environment_name: text,
    };
    const domain = {
        ...attached,
        account_id: 1,
        environment_id: 4,
        engaged_checked_at: at,
        check_due_at: at,
        claim,
        created_at: at,
    };
    const member = {
        id: 2,
        email: text,
        account_id: 1,
        user_id: 2,
        first_name: text,
        last_name: text,
        phone_number: text,
        is_invited: true,
        capability: "admin" as const,
        claim,
    };
    const author = { name: text, email: text };
    const commit = {
        commit: commitId,
        tree: commitId,
        parents: [commitId],
        message: `${text}\n\n${text}`,
        author,
        committedAt: at,
    };
    const line = { text: `x${text}` };
    const difference: Difference = {
        isCut: true,
        files: [
            { path: text, change: "added", hunks: [], isCut: false },
            {
                path: text,
                change: "changed",
                modes: { before: "100644", after: "100755" },
                added: 1,
                removed: 1,
                isCut: true,
                hunks: [
                    {
                        heading: `x${text}`,
                        lines: [
                            { kind: "same", before: 1, after: 1, ...line },
                            { kind: "removed", before: 2, ...line },
                            { kind: "added", after: 2, ...line, isUnended: true },
                        ],
                    },
                ],
            },
        ],
    };
    const order = {
        ...{
            hostname: "acme.example",
            account_id: 1,
            due_at: at,
            attempts: 1,
            claim: null,
            claimed_until: null,
            order_url: null,
            private_key: null,
        },
        ...{ challenge_token: null, key_authorization: null, last_error: text, created_at: at },
    };
    const list = { search: text, page: 2 };
    const view = { environment, domains: [domain], head: commit };
    const edgeDomain = "edge.example";
    const of = <T>(row: T) => ({ rows: [row], total: 250 });
    const shared = { organization, application };
    const environmentParts = {
        ...shared,
        view,
        commits: [commit],
        before: commitId,
        hasMore: true,
        files: [{ path: text, bytes: 7 }],
        edgeDomain,
    };
    const egress = {
        origins: { default: { address: text, host_header: text }, [`x${text}`]: { address: text } },
        enable_sni: true,
    };
    return {
        organizations: organizationsPage(
            of({ id: 1, name: text, capability: "admin", sites: 1, domains: 2, live: 1 }),
            list,
        ),
        organization: organizationPage(
            {
                organization,
                capability: "admin",
                sites: of({ id: 3, name: text, environments: [text], domains: 1, live: 1 }),
                domains: of(attached),
                members: of(member),
            },
            list,
        ),
        members: membersPage(organization, of(member), list),
        domains: domainsPage(organization, of(attached), list),
        domain: domainPage({
            organization,
            domain: { ...domain, hostname: "acme.example" },
            https: { hostname: "acme.example", order },
            applicationName: text,
            edgeDomain,
            authority: text,
        }),
        application: applicationPage({ ...shared, environments: [view], gitUrl: text, edgeDomain }),
        environment: environmentPage({
            ...environmentParts,
            configuration: { chain: [{ name: text, image: text }], egress, blocked: [text] },
        }),
        broken: environmentPage({ ...environmentParts, configuration: { reason: text } }),
        commit: commitPage(shared, { commit, environments: [text], difference }),
        comparison: comparisonPage(shared, text, text, { difference, promoted: commit }),
        file: filePage(shared, text, { path: text, bytes: 7, text: `x${text}` }),
        binary: filePage(shared, text, { path: text, bytes: 7, hidden: "binary" }),
        accept: acceptPage({ script: text, hasPages: true }),
        verify: verifyPage({ script: text, hasPages: false }),
        signIn: signInPage({ formToken: text, to: text, email: text, reason: text }),
        failure: failurePage(new Problem("forbidden", text), text),
    };
}

const documentOf = (view: View, text: string) =>
    formatDocument(view, { name: text, email: text, formToken: text }, { style: "/style.css", icon: "/icon.svg" });

describe("every page", () => {
    const plain = everyView("plain");

    for (const name of Object.keys(plain)) {
        it(`${name}: is markup without a fault, with one h1 and headings in order`, async () => {
            const { shape, errors } = await readMarkup(documentOf(plain[name] as View, "plain"));
            assert.deepEqual(errors, []);
            const levels = shape.flatMap((element) => /^h(\d)\[/.exec(element)?.[1] ?? []).map(Number);
            assert.deepEqual([levels[0], levels.filter((level) => level === 1).length], [1, 1]);
            for (const [index, level] of levels.entries())
                assert.ok(level <= (levels[index - 1] ?? 0) + 1, `${levels}`);
            const ids = (plain[name] as View).body.text.match(/ id="[^"]*"/g) ?? [];
            assert.equal(new Set(ids).size, ids.length, "ids are unique");
        });
    }

    it("of a thing that somebody holds says who", () => {
        for (const name of ["organization", "members", "domain", "application", "environment"])
            assert.match(plain[name]?.body.text ?? "", /held by plain\/plain plain/, name);
    });

    it("looks the same whatever people wrote into it: the same elements with the same attributes", async function () {
        this.timeout(120_000);
        const shapes = new Map<string, string[]>();
        for (const [name, view] of Object.entries(plain))
            shapes.set(name, (await readMarkup(documentOf(view, "plain"))).shape);
        const word = fc.constantFrom(
            "<",
            ">",
            '"',
            "'",
            "&",
            "/",
            "=",
            "`",
            "<script>",
            "</main>",
            '" onload="',
            "'>",
            "<!--",
            "&quot;",
            "<svg/onload=1>",
            "javascript:",
            "é",
            "😀",
        );
        const text = fc.oneof(
            fc.array(word, { minLength: 1, maxLength: 6 }).map((parts) => parts.join("")),
            fc.stringMatching(/^[!-~]{1,30}$/).map((each) => each.replaceAll(".", "")),
        );
        await fc.assert(
            fc.asyncProperty(
                text.filter((each) => each !== ""),
                async (hostile) => {
                    for (const [name, view] of requireSome(Object.entries(everyView(hostile)))) {
                        const { shape, errors } = await readMarkup(documentOf(view, hostile));
                        assert.deepEqual(errors, [], name);
                        assert.deepEqual(shape, shapes.get(name), name);
                    }
                },
            ),
            { numRuns: 60 },
        );
    });
});
