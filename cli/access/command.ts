import { type Command, Option } from "commander";
import { findEstate } from "pulumi-section/internal";
import { emailSchema, issuesOf, Problem } from "section-model";
import { openCommandSession } from "../engine/command-session";
import { readState } from "../engine/state";
import { chooseFormat, type ReportFormat } from "../report/file-format";
import { chooseOrganization } from "../terminal/choose-client";
import { withProgress } from "../terminal/progress";
import { writeResult } from "../terminal/write-text";
import { type AccessList, listClientAccess } from "./access-list";
import { findDeclaredPeople } from "./declared-people";
import { planDeparture } from "./departure";
import { accessReport, departureReport, reportWriters } from "./report";

interface AccessOptions {
    person?: string;
    client?: string;
    format?: Exclude<ReportFormat, "json">;
    json?: boolean;
    out?: string;
    stack?: string;
}

function readPerson(text: string): string {
    const parsed = emailSchema.safeParse(text);
    if (parsed.success) return parsed.data;
    throw new Problem("invalid-input", `--person ${JSON.stringify(text)} ${issuesOf(parsed.error)[0]?.reason}`, {
        remedy: "Correct the e-mail address",
    });
}

async function look({ client, stack }: AccessOptions): Promise<AccessList> {
    const session = await openCommandSession({ stack });
    const estate = await withProgress("reading the estate", () => findEstate(session.client));
    const chosen = client === undefined ? estate : { organizations: [chooseOrganization(estate, client)] };
    if (stack === undefined) return listClientAccess(session, chosen);
    const state = await withProgress("reading the stack", () => readState({ stack }));
    return listClientAccess(
        session,
        chosen,
        await findDeclaredPeople(state, session.client.connection.endpoint, process.cwd()),
    );
}

/** `pulumi-section access`: lists the roles of people at clients, and the access that a person who leaves loses. */
export function addCommand(program: Command): void {
    program
        .command("access")
        .description("list who has access to which client, in which role, on the platform now; open invitations, too")
        .option("--person <email>", "the access that ends when this person leaves, and what to hand over first")
        .option("--client <id or name>", "only this client")
        .addOption(
            new Option("--format <name>", "format of the answer. Default: the ending of --out, else text").choices(
                Object.keys(reportWriters),
            ),
        )
        .option("--json", "the answer as one JSON document")
        .option("--out <file>", "write the answer to this file")
        .option(
            "--stack <name>",
            "also say which memberships the program of this stack declares, and which nobody declares",
        )
        .addHelpText(
            "after",
            `
Nothing is changed. Only admins of a client may see its people; clients that the token's user may not look into are named.
Exit code 0: the answer is printed; 1: failed.

Examples:
  $ pulumi-section access
  $ pulumi-section access --person jane@agency.example
  $ pulumi-section access --client Acme --stack production
  $ pulumi-section access --out access.csv`,
        )
        .action(async (options: AccessOptions) => {
            const person = options.person === undefined ? undefined : readPerson(options.person);
            const access = await look(options);
            const departure = person === undefined ? undefined : planDeparture(access, person);
            const report = departure === undefined ? accessReport(access) : departureReport(departure);
            const format = chooseFormat(options, "text");
            const answer =
                format === "json" ? JSON.stringify(departure ?? access, undefined, 4) : reportWriters[format](report);
            await writeResult(answer, options.out);
        });
}
