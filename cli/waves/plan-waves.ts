import { isProviderUrn } from "pulumi-section/internal";
import { Problem } from "section-model";
import { findOwners } from "../review/owner";
import type { PendingChange, PendingStep } from "./pending-change";
import { listPlaces, type Place, placeKeyOf, production } from "./place";

/**
 * `before`: resources of no site, such as people; `staging` and `sites`; `after`: removed resources, and those of other
 * packages.
 */
export type WaveKind = "before" | "staging" | "sites" | "after";

/** The part of a change that one `pulumi up` applies. */
export interface Wave {
    kind: WaveKind;
    /** Places to change and then to check; none `before` and `after`. */
    places: (Place & { urns: string[] })[];
    /** All resources that it changes. */
    urns: string[];
}

export interface WaveSizes {
    /** Numbers of sites of the first waves. All others come last, together. */
    sizes: readonly number[];
    /** Sites that go first, by hostname, or the name of a client for all of its sites. */
    first: readonly string[];
}

interface Site {
    key: string;
    places: Wave["places"];
    /** The site is made, replaced or removed as a whole, so its environments cannot go one after the other. */
    isStructural: boolean;
}

const natural = new Intl.Collator("en", { numeric: true });

/** Rank of a site: the more there is to lose, the later. */
function byRisk(one: Site, other: Site): number {
    const live = (site: Site) => Number(site.places.some(({ isLive }) => isLive));
    const hostnames = (site: Site) => site.places.reduce((sum, place) => sum + place.hostnames.length, 0);
    const name = ({ places: [place], key }: Site) => place?.site ?? key;
    return (
        live(one) - live(other) ||
        hostnames(one) - hostnames(other) ||
        natural.compare(name(one), name(other)) ||
        natural.compare(one.key, other.key)
    );
}

/** True when a name is one of a place's hostnames, or its client's name. */
export function isPlaceNamed({ site, client, hostnames }: Place, name: string): boolean {
    return site === name || client === name || hostnames.includes(name);
}

function pin(sites: readonly Site[], first: readonly string[]): Site[] {
    const pinned = new Set<Site>();
    for (const name of first) {
        const found = sites.filter(({ places }) => places.some((place) => isPlaceNamed(place, name)));
        if (found.length === 0)
            throw new Problem("invalid-input", `--first ${name}: the change touches no such site`, {
                remedy: "Name a hostname or a client of the change",
            });
        for (const site of found) pinned.add(site);
    }
    return [...pinned, ...sites.filter((site) => !pinned.has(site))];
}

function groupSteps({ preview, pending }: PendingChange): { before: string[]; after: string[]; sites: Site[] } {
    const ownerOf = findOwners(preview);
    const places = listPlaces(preview);
    const [before, after, sites]: [string[], string[], Map<string, Site>] = [[], [], new Map()];
    const enlist = ({ urn, op, step }: PendingStep) => {
        if (op === "delete" || step?.kind === "guard" || (step === undefined && !isProviderUrn(urn)))
            return after.push(urn);
        const place = step && places.get(placeKeyOf(ownerOf(step)) ?? "");
        if (place === undefined) return before.push(urn);
        const site = sites.get(place.siteKey) ?? { key: place.siteKey, places: [], isStructural: false };
        sites.set(place.siteKey, site);
        site.isStructural ||= step?.kind === "application" && op !== "update";
        const known = site.places.find(({ key }) => key === place.key);
        if (known === undefined) return site.places.push({ ...place, urns: [urn] });
        return known.urns.push(urn);
    };
    for (const step of pending.values()) enlist(step);
    return { before, after, sites: [...sites.values()] };
}

function waveOf(kind: WaveKind, sites: readonly Pick<Site, "places">[]): Wave {
    const places = sites.flatMap((site) => site.places);
    return { kind, places, urns: places.flatMap(({ urns }) => urns) };
}

/**
 * Divides a change into waves; the same change gives the same waves. Resources of no site come first, then environments
 * of existing sites other than Production, then the sites, those with the least to lose first. Removed resources come
 * last.
 *
 * @throws Problem `invalid-input` when `first` names a site that the change does not touch
 * @example planWaves(readChange(text), { sizes: [5, 20], first: ["www.acme.example"] })
 */
export function planWaves(change: PendingChange, { sizes, first }: WaveSizes): Wave[] {
    const { before, after, sites } = groupSteps(change);
    const ordered = pin(sites.sort(byRisk), first);
    const isEarly = (site: Site, environment: string) => !site.isStructural && environment !== production;
    const part = (early: boolean) =>
        ordered
            .map((site) => ({
                ...site,
                places: site.places.filter(({ environment }) => isEarly(site, environment) === early),
            }))
            .filter(({ places }) => places.length > 0);
    const left = part(false);
    const waves: Wave[] = [{ kind: "before", places: [], urns: before }, waveOf("staging", part(true))];
    for (const size of [...sizes, Number.POSITIVE_INFINITY]) waves.push(waveOf("sites", left.splice(0, size)));
    waves.push({ kind: "after", places: [], urns: after });
    return waves.filter(({ urns }) => urns.length > 0);
}

/** The number of sites of a wave. */
export function countSites(places: readonly Pick<Place, "siteKey">[]): number {
    return new Set(places.map(({ siteKey }) => siteKey)).size;
}
