import { cpus } from "node:os";
import { benchAgency } from "./agency";
import { benchContent } from "./content";
import { benchEngine } from "./engine";
import { benchGit } from "./git";
import { benchPages } from "./pages";
import { benchPlatform } from "./platform";
import { benchRest } from "./rest";
import { benchScale } from "./scale";

const suites: Record<string, () => Promise<void>> = {
    engine: () => benchEngine(process.argv.includes("--full") ? [1, 100, 1000] : [1, 100]),
    agency: () => benchAgency(process.argv.includes("--full") ? [10, 100, 1000] : [10, 100]),
    content: benchContent,
    rest: benchRest,
    git: benchGit,
    platform: benchPlatform,
    pages: benchPages,
    scale: () => benchScale(process.argv.includes("--full")),
};

async function main(): Promise<void> {
    const named = process.argv.slice(2).filter((arg) => !arg.startsWith("-"));
    const unknown = named.filter((name) => !(name in suites));
    if (unknown.length > 0)
        throw new Error(`there is no bench ${unknown.join(", ")}; there are ${Object.keys(suites).join(", ")}`);
    console.log(`${cpus().length} cores, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`);
    for (const [name, suite] of Object.entries(suites)) if (named.length === 0 || named.includes(name)) await suite();
    process.exit(0);
}

main().catch((error: Error) => {
    console.error(error.message);
    process.exit(1);
});
