import type { Issue } from "section-model";
import type { z } from "zod";
import type { Memory } from "../run/memory";
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

/** How a declaration differs from the object. */
export interface DeclaredChange<I> {
    wanted: Partial<I>;
    /** Of what `compares` names. */
    keys: readonly string[];
    /** Those of them that make another object of it: this one goes and another one comes. */
    replaces: readonly string[];
}

/** What comparing does not show of a change. */
export interface Judgement {
    /** There is work though nothing differs, such as waiting. */
    hasWork?: boolean;
    /** The replacement takes over what is there, so that the old one need not be released first. */
    isTakenOver?: boolean;
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
 * The life of one noun in the terms of the platform: what it is, what check asks of it, what diff asks, and the three
 * verbs. `protocol/` turns it into what the engine asks for. Everything here can run twice: what exists and what is
 * gone are outcomes.
 */
export interface Noun<I extends object, O extends object> {
    /** As a person says it: `organization`. */
    kind: string;
    schema: z.ZodObject;
    /** Inputs that make another object of it when they change. */
    replacesOn: readonly (keyof I & string)[];
    /** What `diff` compares: inputs that count after creation, under the name by which the outputs remember them. */
    compares: readonly (keyof O & string)[];
    /** Inputs that no declaration has: check adds them on a day, or a refresh for what is there beside the declared. */
    besides?: readonly string[];
    /**
     * Inputs that hold secrets: the engine prints the value of a property that a failure names, so failures do not name
     * these; nor those that are too large to be printed.
     */
    secrets?: readonly (keyof I & string)[];
    /** How previews and states have inputs that are too large or unreadable for them. Default: as they are. */
    condense?: {
        /** Declared inputs as check answers them. What `ensure` needs of the rest is kept in the memory. */
        inputs(declared: Properties, memory: Memory): Properties;
        /** Inputs as the outputs remember them. */
        outputs(inputs: Partial<I>): Properties;
    };

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
     * What comparing does not show, asked for every declaration that is there already: refuses a change that would take
     * something away that must stay. Sends nothing for what is as declared, so that it needs no settings.
     */
    judgeChange?(open: () => Session, found: Found<O>, change: DeclaredChange<I>): Promise<Judgement>;
    /**
     * What a declaration claims, such as `membership 1335/jane@agency.example`: while it stands, no delete takes that
     * away. Default: the thing itself.
     */
    claims?(id: string, inputs: Partial<I>): string[];

    /**
     * The object as it is, or undefined when it is gone. `known` is what is remembered of it; only the id when nothing
     * is.
     */
    observe(session: Session, id: string, known: Partial<O>): Promise<Observed<O> | undefined>;
    /** Makes the platform match: observe, ensure, sync, return. `previous` is missing at creation. */
    ensure(session: Session, inputs: I, previous?: Found<O>): Promise<Found<O>>;
    /**
     * Takes the object away. Refuses what is not what the state remembers under that id: ids of another platform are of
     * other things.
     */
    remove(session: Session, found: Found<O>): Promise<void>;
}

/** Any of them, for who passes on what belongs to it unseen. */
export type AnyNoun = Noun<never, never>;
