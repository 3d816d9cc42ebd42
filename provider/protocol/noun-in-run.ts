import type { AnyNoun } from "../nouns/noun";
import type { Memory } from "../run/memory";
import type { Session } from "../run/session";

/** A noun in a run of the engine, with everything that answers need. */
export interface NounInRun {
    noun: AnyNoun;
    memory: Memory;
    /** Reads the settings. Call it only before a request: a preview without changes needs no settings. */
    open(): Session;
}
