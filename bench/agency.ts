import { copyFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Api } from "../test/support/api";
import { mustGit } from "../test/support/git";
import { signUpOffline } from "../test/support/offline";
import { spawnPlatform, withFolder } from "../test/support/platform";
import { mustPulumi, type PulumiOptions } from "../test/support/pulumi";
import { median, printCount, printFigure, timed } from "./figures";

const phases = [
    "first up",
    "preview",
    "preview without the engine's log",
    "one shared line",
    "refresh",
    "refresh without the engine's log",
    "destroy",
] as const;
type Phase = (typeof phases)[number];
/** Our program by dynamic resources, the same by the plugin, and one of resources that do nothing. */
type Side = "ours" | "plugin" | "floor";

/** A site has seven resources: organization, membership, component, application, Staging, Production, alias. */
const resourcesOfSite = 7;
const pushes = 10;
const warmUpSites = 5;
/** The targets are those of an agency of this size. */
const targetSize = 1000;

interface Figures {
    seconds: number;
    /** Of all processes of the operation. */
    cpuSeconds: number;
    /** Of the program. */
    maxRssBytes: number;
    programSeconds: number;
    /** Of the process that provides the resources. */
    providerRssBytes: number;
    providerSeconds: number;
    /** The lines that a person gets. */
    lines: number;
}

const rule = (index: number) =>
    `    # rule ${index}: requests below /section-${index}/ are cached, whatever their cookies say\n`;
const rules = (count: number) => Array.from({ length: count }, (_, index) => rule(index)).join("");

/** Four files of 14 kB together; one has the hostname of the site in it. */
function writeContent(folder: string, line: string): void {
    const varnish = path.join(folder, "proxy", "varnish");
    mkdirSync(varnish, { recursive: true });
    const main = `vcl 4.0;\n# ${line}\nsub vcl_recv {\n    set req.http.x-site = "{{hostname}}";\n${rules(20)}}\n`;
    writeFileSync(path.join(varnish, "default.vcl"), main);
    for (const name of ["shared", "images", "errors"])
        writeFileSync(path.join(varnish, `${name}.vcl`), `sub ${name}_recv {\n${rules(50)}}\n`);
}

/** The folder of a program, with its list of clients and their content. */
function writeProject(folder: string, side: Side, size: number): void {
    writeContent(folder, "first");
    const rows = Array.from({ length: size }, (_, index) => {
        const hostname = `site${index}.example`;
        return `Client ${index},www.${hostname},192.0.2.1,${hostname},192.0.2.2\n`;
    });
    writeFileSync(path.join(folder, "clients.csv"), `client,hostname,origin,aliases,staging.origin\n${rows.join("")}`);
    const options = "runtime:\n    name: nodejs\n    options:\n        typescript: false\n";
    const plugins = `plugins:\n    providers:\n        - name: section\n          path: ${path.resolve("plugin")}\n`;
    writeFileSync(path.join(folder, "Pulumi.yaml"), `name: agency\n${options}${side === "plugin" ? plugins : ""}`);
    writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name: "agency", main: "index.js" }));
    copyFileSync(`bench/agency-programs/${side === "floor" ? "floor" : "ours"}.cjs`, path.join(folder, "index.js"));
    symlinkSync(path.resolve("node_modules"), path.join(folder, "node_modules"));
}

/** Seconds of processor that ended children of this process have used, and theirs. */
function childrenSeconds(): number {
    const fields = readFileSync("/proc/self/stat", "utf8")
        .replace(/^.*\) /, "")
        .split(" ");
    return (Number(fields[13]) + Number(fields[14])) / 100;
}

async function measure(args: string[], options: PulumiOptions): Promise<Figures> {
    const file = path.join(options.folder, "figures.jsonl");
    writeFileSync(file, "");
    const environment = {
        ...options.environment,
        NODE_OPTIONS: `--require=${path.resolve("bench/process-figures.cjs")}`,
        SECTION_BENCH_FIGURES: file,
        PULUMI_SKIP_CHECKPOINTS: "true", // as `pulumi-section up` does
    };
    const before = childrenSeconds();
    let output = "";
    const ms = await timed(async () => {
        output = await mustPulumi([...args, "--stack", "bench"], { ...options, environment });
    });
    const processes = readFileSync(file, "utf8")
        .split("\n")
        .filter((line) => line !== "") // a refresh runs no program
        .map((line) => JSON.parse(line) as { script: string; maxRssBytes: number; cpuSeconds: number });
    const program = processes.find(({ script }) => /@pulumi\/pulumi\/cmd\/run/.test(script));
    const provider = processes.find(({ script }) => /dynamic-provider|pulumi-resource-/.test(script));
    return {
        seconds: ms / 1000,
        cpuSeconds: childrenSeconds() - before,
        maxRssBytes: program?.maxRssBytes ?? Number.NaN,
        programSeconds: program?.cpuSeconds ?? Number.NaN,
        providerRssBytes: provider?.maxRssBytes ?? Number.NaN,
        providerSeconds: provider?.cpuSeconds ?? Number.NaN,
        lines: output.trim().split("\n").length,
    };
}

/** The engine has no switch for its log. It keeps none where a file is in the place of the folder. */
async function withoutLog<T>({ folder }: PulumiOptions, work: () => Promise<T>): Promise<T> {
    const logs = path.join(folder, "pulumi-home", "logs");
    rmSync(logs, { recursive: true });
    writeFileSync(logs, "");
    const result = await work();
    rmSync(logs);
    return result;
}

async function live(
    options: PulumiOptions,
    side: Side,
    beforeDestroy: () => Promise<void>,
): Promise<Record<Phase, Figures>> {
    await mustPulumi(["stack", "init", "bench"], options);
    if (side === "plugin") await mustPulumi(["config", "set", "section:plugin", "true", "--stack", "bench"], options);
    const up = ["up", "--yes", "--skip-preview", "--suppress-outputs"];
    const first = await measure(up, options);
    const preview = await measure(["preview"], options);
    const quietPreview = await withoutLog(options, () => measure(["preview"], options));
    writeContent(options.cwd, "second");
    const line = await measure(up, options);
    const refreshing = ["refresh", "--yes", "--skip-preview"];
    const refresh = await measure(refreshing, options);
    const quietRefresh = await withoutLog(options, () => measure(refreshing, options));
    await beforeDestroy();
    return {
        "first up": first,
        preview,
        "preview without the engine's log": quietPreview,
        "one shared line": line,
        refresh,
        "refresh without the engine's log": quietRefresh,
        destroy: await measure(["destroy", "--yes", "--skip-preview"], options),
    };
}

/** Milliseconds of a clone, a changed line and a push of one environment's files by hand. */
async function pushByHand(folder: string, token: string, gitUrl: string): Promise<number> {
    const times: number[] = [];
    for (let round = 0; round < pushes; round += 1) {
        const clone = path.join(folder, `clone-${round}`);
        times.push(
            await timed(async () => {
                await mustGit(folder, token, "clone", "--quiet", "--depth", "1", "--branch", "Staging", gitUrl, clone);
                writeContent(clone, `by hand, ${round}`);
                await mustGit(clone, token, "add", "--all");
                await mustGit(clone, token, "commit", "--quiet", "--message", "by hand");
                await mustGit(clone, token, "push", "--quiet");
            }),
        );
    }
    return median(times);
}

/** The same by the plugin; its floor is the way of dynamic resources. */
function printPlugin(plugin: Figures, dynamic: Figures): void {
    const print = (what: string, key: keyof Figures, unit: string, by = 1, most?: number) =>
        printFigure({
            name: `  plugin / dynamic: ${what}`,
            ours: plugin[key] / by,
            floor: dynamic[key] / by,
            unit,
            target: most === undefined ? undefined : { most },
        });
    print("time", "seconds", "s", 1, 1);
    print("processor", "cpuSeconds", "s");
    print("the provider's processor", "providerSeconds", "s");
    print("the provider's memory", "providerRssBytes", "MB", 1024 ** 2);
}

/** A run on a new platform of its own, which has served a few sites already: the first ones take it longer. */
async function liveOnNewPlatform(
    folder: string,
    side: Side,
    size: number,
    beforeDestroy?: (api: Api, token: string) => Promise<void>,
): Promise<Record<Phase, Figures>> {
    const dataDir = path.join(folder, `platform-${side}`);
    const token = await signUpOffline(dataDir, "olga@agency.example");
    const platform = await spawnPlatform(dataDir, { environment: { SECTION_PLATFORM_APPLICATION_LIMIT: "1000000" } });
    const liveIn = async (home: string, sites: number, last = async () => {}) => {
        const cwd = path.join(home, "program");
        writeProject(cwd, side, sites);
        const environment = {
            SECTION_ENDPOINT: platform.url,
            SECTION_TOKEN: token,
            SECTION_BENCH_NOTHING: path.resolve("bench/nothing.cjs"),
        };
        return live({ cwd, folder: home, environment }, side, last);
    };
    await liveIn(path.join(folder, `${side}-warm-up`), warmUpSites);
    const figures = await liveIn(path.join(folder, side), size, async () =>
        beforeDestroy?.(new Api(platform.url, token), token),
    );
    await platform.stop();
    return figures;
}

/** An agency of `size` sites on the real engine, beside the same program of resources that do nothing. */
async function benchSize(size: number): Promise<Record<Phase, Figures>> {
    return withFolder(async (folder) => {
        let byHand = Number.NaN;
        const floor = await liveOnNewPlatform(folder, "floor", size);
        const plugin = await liveOnNewPlatform(folder, "plugin", size);
        const dynamic = await liveOnNewPlatform(folder, "ours", size, async (api, token) => {
            const [{ id: anyClient }] = await api.get("/account");
            const [{ git_url: gitUrl }] = await api.get(`/account/${anyClient}/application`);
            byHand = await pushByHand(folder, token, gitUrl);
        });
        const sides: Record<Side, Record<Phase, Figures>> = { floor, plugin, ours: dynamic };
        const isTarget = size === targetSize;
        for (const phase of phases) {
            const [ours, floor] = [sides.ours[phase], sides.floor[phase]];
            const runsProgram = !/^(refresh|destroy)/.test(phase);
            const most = phase === "preview" && isTarget ? 0.7 : undefined;
            const target = most === undefined ? undefined : { most };
            printFigure({
                name: `${phase} of ${size} sites`,
                ours: ours.seconds,
                floor: floor.seconds,
                unit: "s",
                target,
            });
            printFigure({ name: "  processor", ours: ours.cpuSeconds, floor: floor.cpuSeconds, unit: "s" });
            printCount("  a site", (ours.seconds / size) * 1000, "ms");
            printPlugin(sides.plugin[phase], ours);
            if (phase.startsWith("refresh"))
                printCount(
                    "  1,000 resources",
                    (ours.seconds / (size * resourcesOfSite)) * 1000,
                    "s",
                    isTarget ? 1.5 : undefined,
                );
            if (!runsProgram) continue;
            const megabytes = ({ maxRssBytes }: Figures) => maxRssBytes / 1024 ** 2;
            printFigure({ name: "  the program's memory", ours: megabytes(ours), floor: megabytes(floor), unit: "MB" });
            printFigure({
                name: "  the program's processor",
                ours: ours.programSeconds,
                floor: floor.programSeconds,
                unit: "s",
            });
            printCount("  lines of output", ours.lines, "");
        }
        printCount(`${size * 2} environments by clone and push, one by one`, (byHand * size * 2) / 1000, "s");
        return sides.ours;
    });
}

/** Agencies of several sizes, and what a site costs in one beside what it costs in the one before. */
export async function benchAgency(sizes: readonly number[]): Promise<void> {
    let smaller: { size: number; figures: Record<Phase, Figures> } | undefined;
    for (const size of sizes) {
        const figures = await benchSize(size);
        if (smaller !== undefined) {
            const costOf = (of: NonNullable<typeof smaller>) => (of.figures["first up"].seconds / of.size) * 1000;
            printFigure({
                name: `first up, a site among ${size} / among ${smaller.size}`,
                ours: costOf({ size, figures }),
                floor: costOf(smaller),
                unit: "ms",
                target: { most: 1.3 },
            });
        }
        smaller = { size, figures };
    }
}
