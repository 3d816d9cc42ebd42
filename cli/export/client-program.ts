import { classNameOf } from "pulumi-section/internal";
import { Code, literalOf } from "../typescript/literal";
import { identifierOf, Names } from "../typescript/program-names";
import type { ExportedClient, ExportedResource, ExportedSite } from "./inventory";

/** The folder of an environment's files beside the program. */
export function contentFolderOf({ name }: Pick<ExportedResource, "name">): string {
    return `content/${name}`;
}

function argumentsOf(resource: ExportedResource, belongsTo: Record<string, Code>): Record<string, unknown> {
    const { config, ...rest } = resource.declared;
    const args = { ...belongsTo, ...rest };
    if (config === undefined) return args;
    const inline = Object.entries(config as Record<string, string>).filter(([path]) => !resource.files?.has(path));
    const folder = resource.files?.size
        ? `section.configFrom(${JSON.stringify(contentFolderOf(resource))})`
        : undefined;
    if (inline.length === 0) return { ...args, config: new Code(folder ?? "{}") };
    const files = literalOf(Object.fromEntries(inline), "    ");
    return { ...args, config: new Code(folder === undefined ? files : `{ ...${folder}, ...${files} }`) };
}

function statementOf(resource: ExportedResource, belongsTo: Record<string, Code>, variable?: string): string {
    const { kind, name } = resource;
    const start = `${variable === undefined ? "" : `const ${variable} = `}new section.${classNameOf(kind)}(${JSON.stringify(name)}, `;
    const end = ");";
    return `${start}${literalOf(argumentsOf(resource, belongsTo), "", start.length + end.length)}${end}`;
}

function siteStatements({ application, environments }: ExportedSite, names: Names): string[] {
    const statements: string[] = [];
    const isUsed = environments.some(({ environment, domains }) => environment !== undefined || domains.length > 0);
    const site = isUsed ? names.take(identifierOf(application.name), "Site") : undefined;
    statements.push(statementOf(application, { organization: new Code("organization.id") }, site));
    for (const { environment, name, domains } of environments) {
        const variable =
            environment !== undefined && domains.length > 0
                ? names.take(identifierOf(`${application.name}.${name}`), "Environment")
                : undefined;
        if (environment !== undefined)
            statements.push(statementOf(environment, { application: new Code(`${site}.id`) }, variable));
        const place = new Code(variable === undefined ? `${site}.production` : `${variable}.id`);
        for (const domain of domains) statements.push(statementOf(domain, { environment: place }));
    }
    return statements;
}

/** The program of one client: a file of its own, so that a review of one client touches no other. */
export function writeClientProgram({ organization, memberships, sites }: ExportedClient): string {
    const names = new Names(["section", "organization"]);
    const owner = { organization: new Code("organization.id") };
    const people = memberships.map((membership) => statementOf(membership, owner));
    const blocks = [
        [statementOf(organization, {}, memberships.length + sites.length > 0 ? "organization" : undefined)],
        people,
    ];
    for (const site of sites) blocks.push(siteStatements(site, names));
    const body = blocks.filter((block) => block.length > 0).map((block) => block.join("\n"));
    return `import * as section from "pulumi-section";\n\n${body.join("\n\n")}\n`;
}
