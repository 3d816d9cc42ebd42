import { isDeepStrictEqual } from "node:util";
import type { DiffResult, ReadResult } from "@pulumi/pulumi/dynamic";
import {
    type CheckAnswer,
    type ConfigReader,
    claimantProperty,
    type Foreseen,
    Guard,
    type Kind,
    kindOfType,
    Lifecycle,
    marker,
    nouns,
    type Properties,
    pick,
    type Run,
    readClaimant,
    readSettings,
    type Session,
    splitUrn,
    withNearestName,
    withShown,
    writeClaimant,
} from "pulumi-section/internal";
import { describeClaimant } from "./claimant";
import { within } from "./deadline";
import { diffProperties, type PropertyDiff } from "./detailed-diff";
import { computedOutputs, previewCreated, previewUpdated } from "./preview-outputs";
import { readProviderConfig } from "./provider-config";
import { withMarksOf, withoutMarks } from "./wire/marks";
import { withOwnSecrets } from "./wire/own-secrets";

/** A resource in a question of the engine. */
export interface EngineQuestion {
    urn: string;
    id: string;
    /** Marked values, as the engine has them. */
    olds: Properties;
    oldInputs: Properties;
    news: Properties;
    isPreview: boolean;
    /** The seconds of the option customTimeouts; 0 without one. */
    timeout: number;
}

export interface MadeResource {
    id: string;
    properties: Properties;
}

export interface DeclaredDifference {
    changes: boolean;
    replaces: readonly string[];
    deleteBeforeReplace: boolean;
    details: readonly PropertyDiff[];
}

const unmarked = (properties: Properties) => withoutMarks(properties) as Properties;
const nothingForeseen: Foreseen = { reviewed: {} };

/**
 * The resources of one provider in one operation of the engine. It translates between the engine's questions and the
 * lifecycles that dynamic resources have too: every rule is there.
 */
export class SectionProvider {
    readonly #lifecycles: ReadonlyMap<string, Lifecycle | Guard>;
    readonly #run: Run;
    /** URN -> findings of check that a preview shows. */
    readonly #foreseen = new Map<string, Foreseen>();
    /** URNs of resources that classes of TypeScript declare: these show more than the state has. */
    readonly #ofClasses = new Set<string>();
    config: ConfigReader = { get: () => undefined };

    constructor(run: Run) {
        this.#run = run;
        const lifecycles = Object.entries(nouns).map(([kind, noun]) => [kind, new Lifecycle(noun, run)] as const);
        this.#lifecycles = new Map<string, Lifecycle | Guard>([...lifecycles, ["guard", new Guard(run)]]);
    }

    async configure(urn: string, inputs: Properties): Promise<void> {
        this.config = readProviderConfig(urn, unmarked(inputs));
        for (const lifecycle of this.#lifecycles.values()) await lifecycle.configure({ config: this.config });
    }

    async check({ urn, olds, news }: EngineQuestion): Promise<Pick<CheckAnswer, "inputs" | "failures">> {
        const before = unmarked(olds);
        const told = readClaimant(news);
        const { adopt, [claimantProperty]: _, ...all } = unmarked(news);
        const [declared, computed] = this.#partComputed(urn, before, all);
        const isAdoptSaid = adopt === undefined || typeof adopt === "boolean";
        const claimant = describeClaimant(urn, olds, news, told, adopt === true);
        const { inputs, failures, foreseen }: CheckAnswer = await this.#of(urn).check(before, {
            ...declared,
            ...(this.#isGuard(urn) ? {} : { [claimantProperty]: writeClaimant(claimant) }),
        });
        if (foreseen !== undefined) this.#foreseen.set(urn, foreseen);
        if (told !== undefined) this.#ofClasses.add(urn);
        const wrong = Object.keys(computed)
            .filter((key) => !isDeepStrictEqual(inputs[key], computed[key]))
            .map((key) => this.#refuseUnknown(urn, key));
        if (!isAdoptSaid) wrong.push({ property: "adopt", reason: "adopt must be true or false" });
        return { inputs: withOwnSecrets(withMarksOf(news, inputs)), failures: [...failures, ...wrong] };
    }

    async diff({ urn, id, olds, oldInputs, news }: EngineQuestion): Promise<DeclaredDifference> {
        const wanted = unmarked(news);
        const answer = await this.#of(urn).diff(id, unmarked(olds), wanted);
        const { changes, replaces = [], deleteBeforeReplace = false } = answer as DiffResult;
        const before = unmarked(oldInputs);
        const details = changes === false ? [] : diffProperties(before, wanted, replaces);
        return {
            changes: changes ?? (replaces.length > 0 || !isDeepStrictEqual(before, wanted)),
            replaces,
            deleteBeforeReplace,
            details,
        };
    }

    async create({ urn, news, isPreview, timeout }: EngineQuestion): Promise<MadeResource> {
        const inputs = unmarked(news);
        if (isPreview) {
            const foreseen = this.#foreseen.get(urn) ?? nothingForeseen;
            const outputs = this.#preview(urn, inputs, (kind) => previewCreated(kind, inputs, foreseen));
            const { there } = foreseen;
            return { id: there ?? "", properties: withMarksOf(news, this.#shown(urn, there, outputs)) };
        }
        const { id, outs } = await within(timeout, "create it", this.#of(urn).create(inputs));
        return { id, properties: withMarksOf(news, this.#shown(urn, id, outs)) };
    }

    async update({ urn, id, olds, news, isPreview, timeout }: EngineQuestion): Promise<Properties> {
        const known = unmarked(olds);
        const inputs = unmarked(news);
        if (isPreview) {
            const foreseen = this.#foreseen.get(urn) ?? nothingForeseen;
            const outputs = this.#preview(urn, inputs, (kind) => previewUpdated(kind, known, inputs, foreseen));
            return withMarksOf(news, this.#shown(urn, id, outputs));
        }
        const { outs } = await within(timeout, "update it", this.#of(urn).update(id, known, inputs));
        return withMarksOf(news, this.#shown(urn, id, outs as Properties));
    }

    /** A thing as it is, for a refresh or a look-up. Undefined when it is gone; no inputs if they are as before. */
    async read({
        urn,
        id,
        olds,
        oldInputs,
        timeout,
    }: EngineQuestion): Promise<(MadeResource & { inputs?: Properties }) | undefined> {
        const known = unmarked(olds);
        const answer = await within<ReadResult>(timeout, "read it", this.#of(urn).read(id, known));
        if (answer.id === undefined) return undefined;
        const { inputs } = answer as { inputs?: Properties };
        const isBare = known[marker] !== undefined && !isDeepStrictEqual(this.#shown(urn, id, known), known);
        const found = answer.props as Properties;
        const outputs = isBare ? found : this.#shown(urn, answer.id, found);
        return {
            id: answer.id,
            properties: withMarksOf(olds, withMarksOf(oldInputs, outputs)),
            ...(inputs && { inputs: withMarksOf(oldInputs, inputs) }),
        };
    }

    /** A thing that no state has yet, with the declaration that it satisfies. */
    async import({ urn, id, timeout }: EngineQuestion): Promise<MadeResource & { inputs: Properties }> {
        const lifecycle = this.#of(urn);
        if (lifecycle instanceof Guard) throw new Error("there is no guard to import: a program declares it by itself");
        const recorded = await within(timeout, "read it", lifecycle.import(id));
        const properties = withShown(this.#kindOf(urn), recorded.id, recorded.outputs);
        return { id: recorded.id, properties, inputs: recorded.inputs };
    }

    async delete({ urn, id, olds, timeout }: EngineQuestion): Promise<void> {
        await within(timeout, "delete it", this.#of(urn).delete(id, unmarked(olds)));
    }

    /** A session for work that is not about one resource. */
    openSession(): Session {
        return this.#run.openSession(readSettings(this.config));
    }

    /** Ends what waits, because a person has asked for it. */
    stop(): void {
        this.#run.stop();
    }

    end(): void {
        this.#run.end();
    }

    /**
     * The declaration without what an earlier check added to it, and that part of this which the next check adds again:
     * after an import the engine has the inputs checked that this plugin has read.
     */
    #partComputed(urn: string, before: Properties, declared: Properties): [Properties, Properties] {
        const kind = this.#kindOf(urn);
        if (kind === "guard") return [declared, {}];
        const { stable, changing } = computedOutputs[kind];
        const added = Object.keys(declared).filter((key) => !(key in (nouns[kind]?.schema.shape ?? {})));
        const known = added.filter((key) => isDeepStrictEqual(before[key], declared[key]));
        const computed = added.filter((key) => !known.includes(key) && [...stable, ...changing].includes(key));
        const isDeclared = (key: string) => !known.includes(key) && !computed.includes(key);
        return [pick(declared, Object.keys(declared).filter(isDeclared)), pick(declared, computed)];
    }

    #refuseUnknown(urn: string, key: string): CheckAnswer["failures"][number] {
        const { schema } = nouns[this.#kindOf(urn)] as NonNullable<(typeof nouns)[string]>;
        const { property, reason } = withNearestName(schema, { path: [key], reason: "", isUnknown: true });
        return { property, reason: `${property} ${reason}` };
    }

    /** The outputs of a preview. A guard has nothing beside its inputs. */
    #preview(urn: string, inputs: Properties, foresee: (kind: Kind) => Properties): Properties {
        const kind = this.#kindOf(urn);
        return kind === "guard" ? inputs : foresee(kind);
    }

    /** Outputs as programs in other languages see them. A class adds the same by itself, so that its state is small. */
    #shown(urn: string, id: string | undefined, outputs: Properties): Properties {
        return this.#ofClasses.has(urn) ? outputs : withShown(this.#kindOf(urn), id, outputs);
    }

    #kindOf(urn: string) {
        const { type } = splitUrn(urn);
        const kind = kindOfType(type);
        if (kind === undefined) throw new Error(`${type} is no resource of this plugin`);
        return kind;
    }

    #of(urn: string): Lifecycle | Guard {
        return this.#lifecycles.get(this.#kindOf(urn)) as Lifecycle | Guard;
    }

    #isGuard(urn: string): boolean {
        return this.#kindOf(urn) === "guard";
    }
}
