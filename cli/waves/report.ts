import { nameOfUrn, printable, splitUrn } from "pulumi-section/internal";
import type { ListEntry, ReportDocument, Words } from "../report/document";
import { sayCount } from "../report/say-count";
import { countSites, type Wave } from "./plan-waves";
import { type WaveStop, type WavesRun, waveTitle } from "./run-waves";
import type { WavesRecord } from "./waves-record";

const namedAtMost = 5;

function list(names: readonly string[], most = namedAtMost): string {
    const more = names.length > most ? `, and ${names.length - most} more` : "";
    return `${names.slice(0, most).join(", ")}${more}`;
}

const named = ({ site, environment }: Wave["places"][number]) =>
    environment === "Production" ? site : `${site} ${environment}`;
const nounOf = (urn: string) => `${splitUrn(urn).type.split(":").pop()} ${nameOfUrn(urn)}`;

function sayWave({ kind, places, urns }: Wave): string {
    if (kind === "before") return `${urns.map(nounOf).join(", ")}: of no site`;
    if (kind === "after") return `${list(urns.map(nounOf))}: what is deleted, and resources of other packages`;
    if (kind === "staging") return `${sayCount(places.length, "environment")}: ${list(places.map(named))}`;
    return `${sayCount(countSites(places), "site")}: ${list([...new Set(places.map(({ site }) => site))])}`;
}

/** The plan of a run, for people. */
export function wavesDocument({ waves, stack }: WavesRecord): ReportDocument {
    const places = waves.flatMap((wave) => wave.places);
    const resources = sayCount(
        waves.reduce((sum, { urns }) => sum + urns.length, 0),
        "resource",
    );
    const facts = waves.map((wave, index): Words[] => {
        const state = wave.state === "planned" ? "" : ` (${wave.state})`;
        return [[waveTitle({ waves }, index)], [`${sayWave(wave)}${state}`]];
    });
    const title = `${resources} in ${sayCount(countSites(places), "site")} of stack ${stack} would change`;
    return { title, blocks: [{ facts }] };
}

type PlaceState = "changed" | "partly" | "untouched";

function stateOf({ urns }: { urns: readonly string[] }, pending: ReadonlySet<string>): PlaceState {
    const left = urns.filter((urn) => pending.has(urn)).length;
    if (left === 0) return "changed";
    return left === urns.length ? "untouched" : "partly";
}

const whys: Record<WaveStop["why"], string> = {
    apply: "the apply failed",
    check: "the check failed",
    edit: "the change was edited meanwhile",
    interrupt: "interrupted",
    left: "everything is applied, and the preview is not empty",
};

const linesOf = (words: string): Words[] => words.split("\n").map((line) => [line]);
const lockHint = "If no other run works on the stack, a killed run left its lock. Remove it with: pulumi cancel";

function sayWays({ why, words }: WaveStop, resumeLine: string): string[] {
    if (why === "left") return ["see what is left: pulumi preview --diff"];
    const lock = /currently locked|another update is/i.test(words) ? [lockHint] : [];
    return [
        ...lock,
        `go on: ${resumeLine}`,
        "go back: undo the edit and run pulumi-section waves, or name an older commit with promote",
    ];
}

/**
 * Says where a stopped run stands, and how to continue or to go back.
 *
 * @param resumeLine the command that continues
 */
export function stopDocument(stop: WaveStop, { record, pending }: WavesRun, resumeLine: string): ReportDocument {
    const { waves, unhealthy } = record;
    const places = waves.flatMap((wave) => wave.places);
    const failed = new Map(stop.failed.map(({ key, words }) => [key, words]));
    const within = (state: PlaceState) =>
        places.filter((place) => !failed.has(place.key) && stateOf(place, pending) === state);
    const [changed, partly, untouched] = [within("changed"), within("partly"), within("untouched")];
    const entries: ListEntry[] = [];
    for (const place of places) {
        const words = failed.get(place.key);
        if (words === undefined) continue;
        const standing = stateOf(place, pending) === "changed" ? ", which has the change" : "";
        entries.push({
            words: [`failed: ${named(place)}${standing}`],
            entries: linesOf(words.trim() || "(it says nothing)"),
        });
    }
    if (stop.words !== "" && (stop.why !== "apply" || failed.size === 0))
        entries.push(...linesOf(stop.words).map((words) => ({ words })));
    const unchecked = changed.filter(({ key }) => unhealthy.includes(key)).length;
    const note = unchecked > 0 ? ` (${unchecked} not checked yet)` : "";
    const tell = (what: string, of: typeof places, more = "") => {
        if (of.length === 0) return;
        entries.push({ words: [`${what}: ${sayCount(of.length, "environment")}${more}: ${list(of.map(named))}`] });
    };
    tell("have the change", changed, note);
    tell("have a part of it", partly);
    tell("not touched", untouched);
    return {
        title: `stopped at ${waveTitle({ waves }, stop.wave)}: ${whys[stop.why]}`,
        blocks: [{ entries }, ...sayWays(stop, resumeLine).map((way) => ({ paragraph: [way] }))],
    };
}

/** The end of a run that went well. */
export function sayEnd({ waves }: WavesRecord, isChecked: boolean): string {
    const places = waves.flatMap((wave) => wave.places);
    const health = isChecked ? `, ${sayCount(places.length, "environment")} healthy` : "; nothing was checked";
    return `done: ${sayCount(countSites(places), "site")} in ${sayCount(waves.length, "wave")}${health}; the preview is empty`;
}

/** All of it as data. */
export function wavesToJson(
    { record, pending }: Pick<WavesRun, "record" | "pending">,
    outcome: "planned" | "stopped" | "done",
    stop?: WaveStop,
): unknown {
    const { waves, unhealthy, stack, endpoint = null } = record;
    const failed = new Map(stop?.failed.map(({ key, words }) => [key, words]));
    return {
        stack,
        endpoint,
        outcome,
        stopped:
            stop === undefined
                ? null
                : { why: stop.why, wave: waveTitle({ waves }, stop.wave), words: printable(stop.words) },
        waves: waves.map(({ kind, state, places, urns }, index) => ({
            title: waveTitle({ waves }, index),
            kind,
            state,
            resources: urns,
            places: places.map((place) => ({
                site: place.site,
                client: place.client,
                environment: place.environment,
                hostnames: place.hostnames,
                state: outcome === "planned" ? "untouched" : stateOf(place, pending),
                commit: place.commit ?? null,
                isHealthy: failed.has(place.key)
                    ? false
                    : state === "done" && !unhealthy.includes(place.key)
                      ? true
                      : null,
                words: printable(failed.get(place.key) ?? ""),
            })),
        })),
    };
}
