import { printable, sayAuthor } from "pulumi-section/internal";
import type { State, StateResource } from "../engine/state";
import { colourLines, type Meaning } from "../terminal/colour";
import type { Drift, DriftFinding } from "./find-drift";
import { leftToJson, sayLeft } from "./left-report";
import { type ShownDifference, showDifference } from "./shown-value";

interface Client {
    id: string;
    name?: string;
}

interface Site {
    id: string;
    hostname?: string;
}

/** The owner of a resource: the organization at the start of its id, and its application if it has one. */
function belongingOf({ resources }: State, { id, kind }: StateResource): { client: Client; site?: Site } {
    const [organization = "", application] = id.split("/");
    const text = (of: string, at: string, key: string) =>
        resources.find((each) => each.kind === of && each.id === at)?.outputs[key] as string | undefined;
    const client = { id: organization, name: text("organization", organization, "name") };
    if (application === undefined || kind === "membership") return { client };
    const site = `${organization}/${application}`;
    return { client, site: { id: site, hostname: text("application", site, "hostname") } };
}

const named = (name: string | undefined, id: string) => (name === undefined ? id : `${name} (${id})`);
const indent = (text: string, by: string) => text.replaceAll(/^(?=.)/gm, by);
const sayValue = (value: unknown) => (value === undefined ? "nothing" : JSON.stringify(value));

function sayShown({ property, declared, found, isSecret, diff }: ShownDifference): string {
    if (isSecret) return `${property}: a secret, not shown`;
    if (diff === undefined) return `${property}: ${sayValue(declared)} -> ${sayValue(found)}`;
    const note = declared === undefined ? ", which is not declared" : found === undefined ? ", which is gone" : "";
    return `${property}${note}\n${indent(diff.trimEnd(), "  ")}`;
}

function sayFinding(finding: DriftFinding): string {
    const { resource, declaredAt, differences, author } = finding;
    const { kind, id, name } = resource;
    const head = `${kind} ${id} (${[name, declaredAt].filter(Boolean).join(", ")})`;
    if (differences === undefined) return `${head} is gone\n    ${author?.deed ?? "removed"} by ${sayAuthor(author)}`;
    const parts = differences.map((difference) => {
        const shown = showDifference(finding, difference).map((each) => {
            const isElsewhere = each.declaredAt !== undefined && each.declaredAt !== declaredAt;
            return isElsewhere ? `${sayShown(each)}\n  ${each.declaredAt}` : sayShown(each);
        });
        return `${shown.join("\n")}\n  by ${sayAuthor(difference.author)}`;
    });
    return [head, ...parts.map((part) => indent(part, "    "))].join("\n");
}

const meanings: readonly [RegExp, Meaning][] = [
    [/^no drift: /, "good"],
    [/^\d+ of \d+ resources drifted$|^not looked at: | is gone$/, "bad"],
    [/^ +(---|\+\+\+) /, "aside"],
    [/^ +@@ /, "place"],
    [/^ +-/, "removed"],
    [/^ +\+/, "added"],
    [/^\S|^ {2}\S+ \(\d+\/\d+\)$/, "name"],
];

/** The drift by client and site, for people. In colour on a terminal. */
export function sayDriftReport({ state, findings, failures, left }: Drift): string {
    const lines: string[] = [];
    let [client, site] = ["", ""];
    for (const finding of findings) {
        const place = belongingOf(state, finding.resource);
        if (place.client.id !== client) lines.push(named(place.client.name, place.client.id));
        if (place.site !== undefined && place.site.id !== site)
            lines.push(`  ${named(place.site.hostname, place.site.id)}`);
        [client, site] = [place.client.id, place.site?.id ?? ""];
        lines.push(indent(sayFinding(finding), place.site === undefined ? "  " : "    "));
    }
    for (const { resource, reason } of failures)
        lines.push(`not looked at: ${resource.kind} ${resource.id} (${resource.name}): ${reason}`);
    const count = state.resources.length;
    lines.push(
        findings.length === 0
            ? `no drift: ${count - failures.length} of ${count} resources are as declared`
            : `${findings.length} of ${count} resources drifted`,
    );
    const text = colourLines(printable(lines.join("\n")), meanings);
    return left.length === 0 ? text : `${text}\n${sayLeft(left)}`;
}

/** The same as data. Secrets are `[secret]`. */
export function driftToJson({ state, findings, failures, left }: Drift): unknown {
    return {
        resources: state.resources.length,
        drifted: findings.map((finding) => {
            const { resource, declaredAt, differences, author } = finding;
            const { urn, kind, id } = resource;
            const { client, site } = belongingOf(state, resource);
            const thing = { urn, kind, id, declaredAt, organization: client, application: site };
            if (differences === undefined) return { ...thing, state: "gone", author: author ?? null };
            const shown = differences.flatMap((difference) =>
                showDifference(finding, difference).map((each) => ({ ...each, author: difference.author ?? null })),
            );
            return { ...thing, state: "changed", differences: shown };
        }),
        left: leftToJson(left),
        failures: failures.map(({ resource: { urn, id }, reason }) => ({ urn, id, reason })),
    };
}
