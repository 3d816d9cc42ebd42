import path from "node:path";
import { type Command, Option } from "commander";
import type { Session } from "pulumi-section/internal";
import { Problem, parseOrganizationId } from "section-model";
import { openCommandSession } from "../engine/command-session";
import { withProgress } from "../terminal/progress";
import { version } from "../version";
import { writeFolder, writeProgram } from "./export-estate";
import type { EstateCounts, Inventory, LeftOut } from "./inventory";
import { countEstate } from "./inventory";
import { takeInventory } from "./take-inventory";

export interface EstateChoice {
    organization?: string[];
    content?: boolean;
    language?: string;
    stack?: string;
    json?: boolean;
}

/** The options by which people choose what of their estate they mean. */
export function withEstateChoice(command: Command): Command {
    return command
        .argument("<folder>", "a new folder for the program")
        .option("--organization <id...>", "only these; default: every organization whose admin the token's user is")
        .option("--content", "the content of environments too: origins, proxies, files")
        .addOption(new Option("--language <name>", "the language of the program").default("typescript"))
        .option("--json", "the outcome as one JSON document");
}

function refuseLanguage(language: string | undefined): void {
    if (language === "typescript") return;
    throw new Problem("unsupported", `a program cannot be written in ${language}`, {
        remedy: "Use typescript: Pulumi's YAML programs cannot run these resources, and a list of clients cannot say every environment",
    });
}

/** Writes the program of an estate into a folder. Only reads from the platform. */
export async function exportEstate(
    session: Session,
    folder: string,
    { organization, content = false, language }: EstateChoice,
): Promise<Inventory> {
    refuseLanguage(language);
    for (const id of organization ?? []) parseOrganizationId(id);
    const inventory = await withProgress("reading sites", (step) =>
        takeInventory(session, { organizations: organization, content, step }),
    );
    const missing = (organization ?? []).filter(
        (id) =>
            ![
                ...inventory.clients.map((each) => each.organization.recorded.id),
                ...inventory.leftOut.map((each) => each.id),
            ].includes(id),
    );
    if (missing.length > 0)
        throw new Problem("not-found", `there is no organization ${missing.join(", ")} that this token can see`);
    await writeFolder(folder, writeProgram(inventory, session.client.connection.endpoint, version));
    return inventory;
}

export function countLines({
    organizations,
    members,
    sites,
    environments,
    domains,
    resources,
}: EstateCounts): [string, string][] {
    const counts = { organizations, members, sites, environments, domains, resources };
    return Object.entries(counts).map(([name, count]) => [name, count.toLocaleString("en")]);
}

export function leftOutLines(leftOut: readonly LeftOut[]): string[] {
    if (leftOut.length === 0) return [];
    return [
        "",
        `left out, and stays as it is (${leftOut.length}):`,
        ...leftOut.map(({ id, what, because }) => `  ${id}  ${what}: ${because}`),
    ];
}

/** `pulumi-section export`: a program of what exists, and the file that imports it. */
export function addCommand(program: Command): void {
    withEstateChoice(
        program
            .command("export")
            .description(
                "write a program of what exists, with a file for pulumi import; nothing on the platform changes",
            ),
    )
        .option("--stack <name>", "the stack whose config names endpoint and token, where the environment does not")
        .addHelpText(
            "after",
            `
Then, in the folder: npm install, pulumi stack init, and pulumi-section adopt . or
  $ pulumi import --file import.json --generate-code=false --protect=false

Examples:
  $ pulumi-section export estate
  $ pulumi-section export estate --organization 1335 1336 --content`,
        )
        .action(async (folder: string, choice: EstateChoice) => {
            const inventory = await exportEstate(await openCommandSession({ stack: choice.stack }), folder, choice);
            const counts = countEstate(inventory);
            const facts = { folder: path.resolve(folder), counts, leftOut: inventory.leftOut };
            const width = Math.max(...Object.keys(counts).map((name) => name.length));
            const lines = [
                `written to ${facts.folder}`,
                ...countLines(counts).map(([name, count]) => `  ${name.padEnd(width)}  ${count}`),
                ...leftOutLines(inventory.leftOut),
            ];
            process.stdout.write(choice.json ? `${JSON.stringify(facts, undefined, 4)}\n` : `${lines.join("\n")}\n`);
        });
}
