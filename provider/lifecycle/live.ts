import { Problem } from "section-model";
import type { AttachedDomain } from "../client/environments";
import type { Settings } from "./settings";

/** Refuses to delete what visitors are served by, unless the settings allow it. */
export function refuseLive({ allowLiveDelete }: Settings, subject: string, domains: readonly AttachedDomain[]): void {
    const live = domains.filter(({ engaged }) => engaged === true);
    if (live.length === 0 || allowLiveDelete) return;
    throw new Problem("live-protected", `${subject} serves visitors under ${live.map(({ hostname }) => hostname).join(", ")}`);
}
