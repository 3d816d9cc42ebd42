import type { Issue } from "section-model";
import type { z } from "zod";
import type { Hold } from "../protection/hold";
import type { Claimant } from "../run/claimant";
import type { Memory } from "../run/memory";
import type { Properties } from "../run/properties";
import type { Session } from "../run/session";
import type { Lapse } from "./last-day";

/** An object after a create or update, or as found by a read. */
export interface Found<O> {
    id: string;
    outputs: O;
}

export interface Observed<O> extends Found<O> {
    /** The inputs as the platform has them, when they differ from the last declaration: drift. */
    inputs?: Properties;
}

/** The declaration that an existing thing satisfies: with it nothing changes. */
export interface Declared {
    inputs: Properties;
    /** Outputs that were seen on the way, which need not be read again. */
    seen: Properties;
}

/** What a declaration says beside its inputs. */
export interface Told {
    memory: Memory;
    /** Undefined where nobody told it. */
    claimant?: Claimant;
}

/** How a declaration differs from the object. */
export interface DeclaredChange<I> {
    wanted: Partial<I>;
    /** The changed ones of the inputs that `compares` names. */
    keys: readonly string[];
    /** Those of `keys` that replace the object by another one. */
    replaces: readonly string[];
    /** Of the run. */
    memory: Memory;
}

/** What a preview knows of the thing that a declaration names. */
export interface Sought {
    /** Undefined where the endpoint has no claims. */
    hold?: Hold;
    /** The id of the existing thing that a new declaration would adopt. */
    there?: string;
    /** Undefined where nobody told it. */
    claimant?: Claimant;
    /** Declared inputs that contain a value that is not known yet. */
    unknown?: Properties;
}

/** Findings about a change that comparing does not show. */
export interface Judgement {
    /** True when there is work though nothing differs, such as waiting. */
    hasWork?: boolean;
    /** True when the replacement takes the object over, so that the old one need not be released first. */
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
 * The life of one noun in the terms of the platform: its properties, the questions of check and diff, and the three
 * verbs. `protocol/` translates it for the engine. Everything here can run twice: an object that exists or is gone
 * already is no error.
 */
export interface Noun<I extends object, O extends object> {
    /** Its name in messages, such as `organization`. */
    kind: string;
    schema: z.ZodObject;
    /** Inputs whose change replaces the object. */
    replacesOn: readonly (keyof I & string)[];
    /** The names that `diff` compares: inputs that count after creation, by their names in the outputs. */
    compares: readonly (keyof O & string)[];
    /** Inputs that no declaration has: check adds them on some day, or a refresh for undeclared things that exist. */
    besides?: readonly string[];
    /**
     * Inputs that failures do not name, because the engine prints the value of a named property: secrets, and values
     * that are too large to print.
     */
    secrets?: readonly (keyof I & string)[];
    /** Shortens inputs that are too large or unreadable for previews and states. Default: unchanged. */
    condense?: {
        /** Declared inputs as check returns them. The memory keeps the rest that `ensure` needs. */
        inputs(declared: Properties, memory: Memory): Properties;
        /** Inputs as the outputs remember them. */
        outputs(inputs: Partial<I>): Properties;
    };

    /**
     * Mistakes inside of declared values, found without the platform. `declared` may contain values that are not known
     * yet.
     */
    inspect?(declared: Properties, told: Told): Promise<Issue[]>;
    /**
     * The declaration with values that follow from the state and this operation in place of what stands for them. Sends
     * no request, also where nothing has changed.
     */
    settle?(news: Properties, olds: Properties, memory: Memory): Properties;
    /**
     * Inputs of a new or changed object that the declaration names in words of its own, as the platform and the state
     * name them. An undefined one is not declared after all.
     */
    resolve?(session: Session, inputs: Partial<I>, olds: Properties): Promise<Properties>;
    /** Checks rules between properties. `unknown` names declared properties that are not known yet. */
    relate?(inputs: Partial<I>, unknown: readonly string[]): Issue[];
    /**
     * Inputs as they apply today, for nouns with a last day. Properties that it adds are compared like declared ones.
     */
    lapse?(inputs: Partial<I>, olds: Partial<I>, today: string): Lapse;
    /** Mistakes in new or changed inputs that only the platform can find. `olds` is undefined for a new object. */
    preflight?(session: Session, inputs: Partial<I>, olds: Partial<I> | undefined, sought: Sought): Promise<Issue[]>;
    /** Outputs that follow from the inputs alone, so that previews know them. */
    derive?(inputs: Partial<I>, edgeDomain: string | undefined): Properties;
    /**
     * Outputs that follow from the state of the platform, so that previews know them. Called for new and changed
     * objects. `unknown` names declared inputs that are not known yet. A problem that names a property is a mistake in
     * the declaration.
     */
    foresee?(
        session: Session,
        inputs: Partial<I>,
        olds: Properties,
        unknown: readonly string[],
        hold?: Hold,
    ): Promise<Properties>;

    /**
     * Judges every declaration of an existing object beyond comparing, and refuses a change that would remove something
     * that must stay. Sends no request when nothing has changed, so that it needs no settings then.
     */
    judgeChange?(open: () => Session, found: Found<O>, change: DeclaredChange<I>): Promise<Judgement>;
    /**
     * The id of the existing thing that a declaration names, where its parts do not tell it. Undefined when there is
     * none.
     */
    locate?(session: Session, inputs: Partial<I>): Promise<string | undefined>;
    /** Changes that an adoption would make and that `observe` does not show, one line each. */
    foreseeAdoption?(session: Session, id: string, inputs: Partial<I>): Promise<string[]>;
    /**
     * The things that a declaration claims, such as `membership 1335/jane@agency.example`: no delete of the same
     * operation removes them. Default: the thing itself.
     */
    claims?(id: string, inputs: Partial<I>): string[];

    /**
     * The object as it is, or undefined when it is gone. `known` has the remembered outputs, and is empty when only the
     * id is known.
     */
    observe(session: Session, id: string, known: Partial<O>): Promise<Observed<O> | undefined>;
    /**
     * The declaration that an existing thing satisfies, for an import; undefined when it is gone. Default: the
     * properties that every declaration has, as `observe` finds them.
     */
    declare?(session: Session, id: string): Promise<Declared | undefined>;
    /**
     * Makes the platform match: observe, ensure, sync, return. `previous` is missing at creation. `hold` has the claim
     * that comes with a thing that is created; it is missing where the endpoint has no claims.
     */
    ensure(session: Session, inputs: I, previous?: Found<O>, hold?: Hold): Promise<Found<O>>;
    /**
     * Removes the object. Refuses an object that is not the one that the state remembers: on another platform the same
     * id names another object.
     *
     * @param claim the claim that the state remembers, `none`, or undefined where the endpoint has no claims
     */
    remove(session: Session, found: Found<O>, claim?: string): Promise<void>;
}

/** Any noun, for code that passes its inputs and outputs on without reading them. */
export type AnyNoun = Noun<never, never>;
