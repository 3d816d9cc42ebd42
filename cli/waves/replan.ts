import type { PendingChange } from "./pending-change";
import { isPlaceNamed, planWaves, type Wave } from "./plan-waves";
import { makeRecord, type WavesRecord } from "./waves-record";

/**
 * Plans the pending changes anew after an edit. Sites that have the earlier change and did not pass their check go
 * first; they are checked even if the edited change leaves them alone.
 */
export function replan(before: WavesRecord, change: PendingChange, endpoint: string | undefined): WavesRecord {
    const { sizes, first } = before.choice;
    const unhealthy = before.waves.flatMap(({ places }) => places).filter(({ key }) => before.unhealthy.includes(key));
    const touched = planWaves(change, { sizes, first: [] }).flatMap(({ places }) => places);
    const wanted = [...unhealthy.map(({ site }) => site), ...first].filter((name) =>
        touched.some((place) => isPlaceNamed(place, name)),
    );
    const waves: Wave[] = planWaves(change, { sizes, first: wanted });
    const left = unhealthy
        .filter(({ key }) => !touched.some((place) => place.key === key))
        .map((place) => ({ ...place, urns: [] }));
    if (left.length > 0) waves.unshift({ kind: "sites", places: left, urns: [] });
    return makeRecord(change, before.choice, waves, endpoint);
}
