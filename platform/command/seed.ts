import { readFile } from "node:fs/promises";
import path from "node:path";
import { text as textOf } from "node:stream/consumers";
import type { Command } from "commander";
import { parseSeed } from "../archive/seed-document";
import { sowPlatform } from "../service/seed";
import { addToken } from "../service/tokens";
import { requireUser } from "../service/users";
import { type DataFlags, dataCommand, say, tell, withContext } from "./data-command";

interface SeedFlags extends DataFlags {
    tokenFor?: string;
}

async function seed(file: string, { tokenFor, ...flags }: SeedFlags): Promise<void> {
    const document = parseSeed(await (file === "-" ? textOf(process.stdin) : readFile(file, "utf8")));
    const folder = file === "-" ? process.cwd() : path.dirname(path.resolve(file));
    await withContext(flags, async (context) => {
        const { accounts, people, applications, environments, domains } = await sowPlatform(context, document, folder);
        tell(
            `${accounts} accounts, ${people} people, ${applications} applications, ${environments} environments, ${domains} domains`,
        );
        if (tokenFor === undefined) return;
        const { id: userId } = await requireUser(context, tokenFor);
        say((await addToken(context, { userId, description: "seed", scope: "write" })).token);
    });
}

export function addSeed(program: Command): void {
    dataCommand(
        program,
        "seed",
        "Fill an empty platform with accounts, people and applications that keep their ids (- for stdin)",
    )
        .argument("<file>", "the JSON document; - for stdin")
        .option("--token-for <email>", "make a token for one of the people and print it; it is not shown again")
        .addHelpText(
            "after",
            `
The file is a JSON document; docs/operating.md in this package has its shape. Git bundles beside it bring the branches with
their history. A seed sets no passwords.

Examples:
  $ section-platform seed estate.json --data-dir ./section-data
  $ section-platform seed estate.json --data-dir ./section-data --token-for ops@agency.example`,
        )
        .action(seed);
}
