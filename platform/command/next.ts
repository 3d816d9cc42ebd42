import { existsSync } from "node:fs";
import path from "node:path";
import type { Command } from "commander";
import { type DataFlags, dataCommand, placeOfData, settingsHere, show, withExamples } from "./data-command";
import { sayUnset } from "./say-unset";

/** The next steps: without a data folder, with one to make, and with one that is there. */
function stepsOf(dataDir: string | undefined, isMade: boolean): [string, string][] {
    if (dataDir === undefined)
        return [
            ["export SECTION_PLATFORM_DATA_DIR=./section-data", "where everything is kept"],
            ["section-platform next", "what comes then"],
        ];
    const serve: [string, string] = ["section-platform serve --port 8080", "answer requests, until Ctrl-C"];
    if (!isMade)
        return [
            ["section-platform user add you@agency.example", "a first user; makes the folder"],
            ["section-platform token add you@agency.example --description laptop", "a token, printed once"],
            serve,
        ];
    return [
        serve,
        ["section-platform user list", "every user, also while it serves"],
        ["section-platform check", "whether all is well, while it does not serve"],
        ["section-platform backup section.tar.gz", "everything in one file, also while it serves"],
    ];
}

async function next(flags: DataFlags): Promise<void> {
    const { dataDir, databaseUrl } = placeOfData(flags);
    const isMade = dataDir !== undefined && existsSync(path.join(dataDir, "repositories"));
    const steps = stepsOf(dataDir, isMade);
    const place =
        dataDir === undefined ? "not set" : `${path.resolve(dataDir)}${isMade ? "" : ", which is not there yet"}`;
    const width = Math.max(...steps.map(([command]) => command.length));
    const facts = {
        dataDir: dataDir === undefined ? null : path.resolve(dataDir),
        isMade,
        database: databaseUrl === undefined ? "embedded" : "PostgreSQL",
        notes: sayUnset(settingsHere()),
    };
    show(flags, { ...facts, next: steps.map(([command, about]) => ({ command, about })) }, [
        "section-platform is the Section platform: REST API v1, git hosting and pages for people, on your own machine.",
        "",
        `  data folder  ${place}`,
        `  database     ${facts.database}`,
        ...facts.notes.map((note) => `  ${note}`),
        "",
        "Next:",
        ...steps.map(([command, about]) => `  ${command.padEnd(width)}  ${about}`),
        "",
        "section-platform --help lists every command.",
    ]);
}

/** `section-platform next`, and `section-platform` without a command. */
export function addNext(program: Command): void {
    const command = dataCommand(
        program,
        "next",
        "Show what is set up here, and which commands make sense next; the same as section-platform without a command",
    );
    withExamples(command.action(next), "next --data-dir ./section-data", "next --json");
}
