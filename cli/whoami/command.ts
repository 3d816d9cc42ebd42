import type { Command } from "commander";
import { listOrganizations, readCaller, readFeatures } from "section-client";
import { openCommandSession } from "../engine/command-session";
import { sayCount } from "../report/say-count";

/** `pulumi-section whoami`: says whether endpoint and token work, and the capabilities of the endpoint. */
export function addCommand(program: Command): void {
    program
        .command("whoami")
        .description("show where the settings lead: endpoint, user, organizations, extensions")
        .option("--stack <name>", "the stack whose config names endpoint and token, if no environment variable does")
        .option("--json", "the answer as one JSON document")
        .addHelpText(
            "after",
            `
Examples:
  $ pulumi-section whoami
  $ pulumi-section whoami --stack production --json`,
        )
        .action(async ({ stack, json }: { stack?: string; json?: boolean }) => {
            const { client } = await openCommandSession({ stack });
            const [{ name, email }, organizations, features] = await Promise.all([
                readCaller(client),
                listOrganizations(client),
                readFeatures(client),
            ]);
            const { endpoint } = client.connection;
            const { extensions, certificateAuthority, mayWrite } = features;
            const facts = {
                endpoint,
                name,
                email,
                organizations: organizations.length,
                extensions: [...extensions].sort(),
                ...(certificateAuthority !== undefined && { certificateAuthority }),
                ...(mayWrite !== undefined && { mayWrite }),
            };
            const lines = [
                `${name} <${email}> at ${endpoint}`,
                sayCount(organizations.length, "organization"),
                ...(mayWrite === false ? ["this token may only read"] : []),
                ...(certificateAuthority === undefined
                    ? []
                    : [
                          `certificates: ${certificateAuthority === null ? "none are issued" : `from ${certificateAuthority}`}`,
                      ]),
                `extensions: ${facts.extensions.join(", ") || "none (pure v1)"}`,
            ];
            process.stdout.write(json ? `${JSON.stringify(facts, undefined, 4)}\n` : `${lines.join("\n")}\n`);
        });
}
