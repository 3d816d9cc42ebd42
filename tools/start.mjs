// `npm start`: the embedded platform and a real preview and up of the example agency, from a fresh checkout.
import { parseArgs } from "node:util";
import { giveUp, setUp } from "./setup.mjs";

const help = `npm start -- [OPTION]

Starts the Section platform in this process, with its data in .section/, and runs a real
\`pulumi preview\` and \`pulumi-section up\` of the program that Pulumi.yaml names: the example agency.
Run it again: nothing changes. Edit examples/agency, run it again: that changes.

  --preview   show what would change, change nothing
  --refresh   compare with the platform first: what others changed shows up, and is repaired
  --destroy   delete everything that the program made
  --serve     then keep the platform running, for \`pulumi\` in another terminal, until Ctrl-C
  --help      this text

The first run installs packages, builds, and makes sure of the Pulumi engine: the one on PATH,
else the official download, else a build from its Go modules (6 minutes, once per machine).`;

const flagNames = ["preview", "refresh", "destroy", "serve", "help"];

/**
 * The flag that was written before `--`, or without one: npm keeps it for itself, and this would do more than was
 * asked for. A misspelt one counts, too.
 */
function findKeptFlag(environment) {
    const kept = Object.keys(environment).flatMap((name) => /^npm_config_(\w+)$/i.exec(name)?.[1]?.toLowerCase() ?? []);
    if (kept.includes("dry_run")) return { written: "dry-run", meant: "preview" };
    for (const written of kept) {
        const meant = flagNames.find((flag) => flag !== "help" && written.startsWith(flag.slice(0, 4)));
        if (meant !== undefined) return { written, meant };
    }
    return undefined;
}

function readFlags() {
    const kept = findKeptFlag(process.env);
    if (kept !== undefined)
        giveUp(
            `npm kept --${kept.written} for itself, so nothing was done. Write it after two dashes: npm start -- --${kept.meant}`,
        );
    try {
        const boolean = { type: "boolean", default: false };
        return parseArgs({ options: Object.fromEntries(flagNames.map((name) => [name, boolean])) }).values;
    } catch (error) {
        return giveUp(`${error.message}. \`npm start -- --help\` lists the options.`);
    }
}

const flags = readFlags();
if (flags.help) {
    console.log(help);
    process.exit(0);
}
const say = (line) => console.log(`· ${line}`);
setUp(say);
const { runAgency } = await import("./agency.mjs");
await runAgency(flags, say).catch((error) => giveUp(`npm start: ${error.message}`));
