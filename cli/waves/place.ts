import { hasUnknown } from "pulumi-section/internal";
import type { Preview, PreviewStep } from "../engine/preview";
import { findOwners, type Owner } from "../review/owner";

/** An environment of a site: a wave changes it and checks it afterwards. */
export interface Place {
    key: string;
    /** The same for all environments of a site. */
    siteKey: string;
    /** The hostname that names the site. */
    site: string;
    client: string;
    environment: string;
    /** As far as they are declared and known. */
    hostnames: string[];
    /** Visitors are served by it. */
    isLive: boolean;
    /** The commit on its branch when it was last read. */
    commit?: string;
}

export const production = "Production";

interface AttachedHostname {
    hostname: string;
    engaged?: boolean;
}

const known = (value: unknown) => (typeof value === "string" && value !== "" && !hasUnknown(value) ? [value] : []);

/** Hostnames that a resource brings to its environment, and whether one of them is known to be live. */
function hostnamesOf({ kind, news, olds, outputs }: PreviewStep): AttachedHostname[] {
    const named = known((news ?? olds)?.hostname).map((hostname) => ({ hostname, engaged: outputs?.engaged === true }));
    const attached =
        kind === "environment" && Array.isArray(outputs?.hostnames) ? (outputs.hostnames as AttachedHostname[]) : [];
    return [...named, ...attached];
}

/** The place of a resource; undefined for a resource of a client, or of nobody. */
export function placeKeyOf({ site, environment }: Owner): string | undefined {
    return site && `${site.key} ${environment ?? production}`;
}

/** The places that a preview tells of, changed or not. */
export function listPlaces(preview: Preview): Map<string, Place> {
    const ownerOf = findOwners(preview);
    const places = new Map<string, Place>();
    for (const step of preview.steps) {
        if (!["application", "environment", "domain"].includes(step.kind)) continue;
        const owner = ownerOf(step);
        const key = placeKeyOf(owner);
        if (key === undefined || owner.site === undefined) continue;
        const place: Place = places.get(key) ?? {
            key,
            siteKey: owner.site.key,
            site: owner.site.name,
            client: owner.client.name,
            environment: owner.environment ?? production,
            hostnames: [],
            isLive: false,
        };
        for (const { hostname, engaged } of step.op === "delete" ? [] : hostnamesOf(step)) {
            if (!place.hostnames.includes(hostname)) place.hostnames.push(hostname);
            place.isLive ||= engaged === true;
        }
        if (step.kind === "environment") place.commit = known(step.outputs?.head)[0];
        places.set(key, place);
    }
    return places;
}
