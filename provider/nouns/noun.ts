import type { Issue } from "section-model";
import type { z } from "zod";
import type { Properties } from "../run/properties";
import type { Session } from "../run/session";
import type { Lapse } from "./last-day";

/** What exists after a create or update, or was found by a read. */
export interface Found<O> {
    id: string;
    outputs: O;
}

export interface Observed<O> extends Found<O> {
    /** The inputs as the platform has them, when they differ from what the program last said: drift. */
    inputs?: Properties;
}

/** What differs between an object and its declaration. */
export interface Change<I> {
    wanted: Partial<I>;
    /** The object goes and another one comes. */
    isReplacement: boolean;
}

/** The object exists, but not all of it is as declared. The next `up` goes on from here. */
export class Unfinished<O> extends Error {
    constructor(
        readonly found: Found<O>,
        override readonly cause: unknown,
    ) {
        super((cause as Error).message);
    }
}

/**
 * What replacing comes to for something that is taken over from its old place, so that the old one need not be released
 * first.
 */
export interface Move {
    /** In one step: it is served all the time, so that it may be live. */
    isSeamless: boolean;
}

/**
 * The life of one noun in the terms of the platform. `lifecycle.ts` turns it into what the engine asks for.
 * Everything here can run twice: what exists and what is gone are outcomes.
 */
export interface Noun<I extends object, O extends object> {
    /** As a person says it: `organization`. */
    kind: string;
    schema: z.ZodObject;
    /** Inputs that make another object of it when they change. */
    replacesOn: readonly (keyof I & string)[];
    /** What `diff` compares: inputs that count after creation, under the name by which the outputs remember them. */
    compares: readonly (keyof O & string)[];
    /** How the outputs remember inputs that are too large for them. Default: as they are. */
    remember?(inputs: Partial<I>): Properties;
    /** Inputs that only a refresh writes, for what is there beside the declared. A declaration never has them. */
    drifts?: readonly string[];
    /** Declared inputs without what is too large or unreadable for previews and states. */
    condense?(declared: Properties): Properties;
    /**
     * Inputs that hold secrets: the engine prints the value of a property that a failure names, so failures do not name
     * these; nor those that are too large to be printed.
     */
    secrets?: readonly (keyof I & string)[];
    /**
     * True for work that comparing does not show, such as waiting. Tells what a preview has to say of what stays as it
     * is; sends nothing for what is as declared.
     */
    hasWork?(open: () => Session, inputs: Partial<I>, outputs: Partial<O>): Promise<boolean>;
    /** Notes that a replacement takes over what is there; undefined when the old one has to be released first. */
    planMove?(session: Session, id: string, inputs: I): Promise<Move | undefined>;
    /** Whether visitors were served when it was last looked at. What is live is not replaced. */
    isLive?(outputs: Partial<O>): boolean;
    /** Rules between properties. `unknown` names those that are declared and not known yet. */
    relate?(inputs: Partial<I>, unknown: readonly string[]): Issue[];
    /**
     * Inputs as they count today, for those that end on a day. What it adds to them is compared like what is declared.
     */
    lapse?(inputs: Partial<I>, olds: Partial<I>, today: string): Lapse;
    /** What is wrong with inputs that are new or changed, as far as the platform knows. */
    preflight?(session: Session, inputs: Partial<I>, isNew: boolean): Promise<Issue[]>;
    /** Outputs that follow from the inputs alone, so that previews know them. */
    derive?(inputs: Partial<I>, edgeDomain: string | undefined): Properties;
    /**
     * Outputs that follow from what is on the platform, so that previews know them. Asked for what is new or changed.
     * `unknown` names inputs that are declared and not known yet. A problem that names a property is one of the
     * declaration.
     */
    foresee?(session: Session, inputs: Partial<I>, olds: Properties, unknown: readonly string[]): Promise<Properties>;
    /**
     * What a declaration claims, such as `membership 1335/jane@agency.example`: while it stands, no delete takes that
     * away. Default: the thing itself.
     */
    claims?(id: string, inputs: Partial<I>): string[];
    /**
     * Refuses to delete what is not what the state remembers under that id: ids of another platform are of other things.
     */
    refuseOther?(session: Session, found: Found<O>): Promise<void>;
    /** Refuses, at preview, a change that would take something away that must stay. */
    refuseChange?(session: Session, found: Found<O>, change: Change<I>): Promise<void>;
    /** Makes the platform match: observe, ensure, sync, return. `previous` is missing at creation. */
    ensure(session: Session, inputs: I, previous?: Found<O>): Promise<Found<O>>;
    /**
     * The object as it is, or undefined when it is gone. `known` is what is remembered of it; only the id when nothing
     * is.
     */
    observe(session: Session, id: string, known: Partial<O>): Promise<Observed<O> | undefined>;
    remove(session: Session, found: Found<O>): Promise<void>;
}
