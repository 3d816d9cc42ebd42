import { type PendingChange, readChange } from "../../cli/waves/pending-change";
import { previewText, type StepText, urnOf } from "./preview";

export interface SiteText {
    name: string;
    op?: string;
    content?: string;
    /** Content of its Staging; none when left out. */
    staging?: string;
    isLive?: boolean;
}

const organization = (op: string): StepText => ({
    op,
    kind: "organization",
    name: "acme",
    ...(op !== "create" && { id: "1", olds: { name: "Acme" } }),
    news: { name: "Acme" },
});

function siteSteps(
    { name, op = "update", content = "new", staging, isLive = false }: SiteText,
    index: number,
): StepText[] {
    const id = `1/${index + 1}`;
    const hostname = `${name}.example`;
    const environment = (place: string, text: string): StepText => ({
        op,
        kind: "environment",
        name: `${name}-${place}`,
        id: `${id}/${place}`,
        olds: { application: id, name: place, config: { a: "old" } },
        ...(op !== "delete" && { news: { application: id, name: place, config: { a: text } } }),
        outputs: {
            head: `${name}-${place}`,
            hostnames: [{ hostname: place === "Production" ? hostname : `staging.${hostname}`, engaged: isLive }],
        },
        changed: ["config"],
    });
    const site: StepText = {
        op: op === "delete" ? op : "same",
        kind: "application",
        name,
        id,
        olds: { organization: "1", hostname },
    };
    return [
        { ...site, ...(op !== "delete" && { news: { organization: "1", hostname } }) },
        environment("Production", content),
        ...(staging === undefined ? [] : [environment("Staging", staging)]),
    ];
}

/** The output of `pulumi preview --json` for a change of these sites of one client. */
export function sitesText(sites: readonly SiteText[], more: readonly StepText[] = []): string {
    return previewText([organization("same"), ...sites.flatMap(siteSteps), ...more]);
}

export function changeOf(sites: readonly SiteText[], more: readonly StepText[] = []): PendingChange {
    return readChange(sitesText(sites, more));
}

export const environmentUrn = (name: string, place = "Production") => urnOf("environment", `${name}-${place}`);
