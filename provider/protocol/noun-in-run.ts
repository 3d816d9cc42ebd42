import type { AnyNoun } from "../nouns/noun";
import type { Memory } from "../run/memory";
import type { Session } from "../run/session";

/** A noun in a run of the engine: what its questions are answered from. */
export interface NounInRun {
    noun: AnyNoun;
    memory: Memory;
    /** Reads the settings, so it is for when something is sent: a preview of what is unchanged needs none. */
    open(): Session;
}
