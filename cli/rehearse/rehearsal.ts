import type { LeftOut } from "../export/inventory";
import type { ApplyOutcome } from "./apply-outcome";
import type { CopyCounts } from "./estate-copy";

/** A change that a second preview still shows. */
export interface Unsettled {
    op: string;
    urn: string;
    changed: string[];
}

export interface Rehearsal {
    /** `refused`: no preview was possible, and nothing was applied. */
    outcome: "ok" | "refused" | "failed" | "unsettled";
    stack: string;
    /** The live endpoint. */
    endpoint: string;
    copied: CopyCounts;
    leftOut: LeftOut[];
    applied: ApplyOutcome;
    /** Undefined where there was no second preview. */
    unsettled?: Unsettled[];
    seconds: { copy: number; up: number; preview: number };
    /** The copy, if it stays. */
    kept?: { url: string; pid: number; folder: string; tokenFile: string };
}
