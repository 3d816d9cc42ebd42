import { isOfStack } from "../protection/claim-words";
import { findLeaving, normaliseDeclared } from "../protection/find-leaving";
import { type OwningStack, withoutLetGo } from "../protection/let-go";
import { refuseLeaving } from "../protection/refuse-leaving";
import type { DeclaredThings } from "../run/declared-things";
import { isSame, type Properties, plain } from "../run/properties";
import type { Run } from "../run/run";
import { type ConfigReader, readSettings } from "../run/settings";
import { shapeError } from "./failure";

interface GuardProperties {
    /** Missing when the program failed. A state of an older version has fewer lists. */
    __declared?: Partial<DeclaredThings>;
    /** The stack that declares them. Check adds its former names: claims may have one. */
    __owners?: OwningStack[];
}

/** What a change of counts: states of older versions do not have the things that are retained. */
const comparable = (declared: GuardProperties["__declared"]) =>
    declared && { ...normaliseDeclared(declared), retained: [] };

/**
 * Watches for resources that leave a program. Its own declaration names all others, so that the engine asks about them
 * at preview. It creates nothing on the platform.
 */
export class Guard {
    #config: ConfigReader | undefined;
    readonly #run: Run;

    constructor(run: Run) {
        this.#run = run;
    }

    configure = async (request: { config: ConfigReader }): Promise<void> => {
        this.#config = request.config;
    };

    check = async ({ __owners: former = [] }: GuardProperties, { __owners: now, ...news }: GuardProperties) => {
        const owners = [...former, ...(now ?? []).filter((each) => !former.some((other) => isOfStack(other, each)))];
        return { inputs: plain({ ...news, __owners: owners }), failures: [] };
    };

    diff = (
        _id: string,
        { __declared: before, __owners: known }: GuardProperties,
        { __declared: after, __owners: now = [] }: GuardProperties,
    ): Promise<{ changes: boolean | undefined }> =>
        this.#shaped(async () => {
            if (after === undefined || isSame(comparable(before), comparable(after))) return { changes: false };
            if (before !== undefined) {
                const session = this.#run.openSession(readSettings(this.#config));
                const declarations = {
                    before: normaliseDeclared(before),
                    after: normaliseDeclared(after),
                    // a state of an older version may have been renamed, and may have things without claims
                    owners: known === undefined ? [] : now,
                };
                const leaving = findLeaving(declarations.before, declarations.after);
                await refuseLeaving(session, await withoutLetGo(session, leaving, declarations));
            }
            return { changes: undefined };
        });

    create = async (inputs: Properties): Promise<{ id: string; outs: Properties }> => ({
        id: "guard",
        outs: plain(inputs),
    });

    update = async (_id: string, _olds: Properties, news: Properties): Promise<{ outs: Properties }> => ({
        outs: plain(news),
    });

    read = async (id: string, props: Properties): Promise<{ id: string; props: Properties }> => ({ id, props });

    /** Checks nothing: the engine deletes the guard after the sites, which `count-deletions.ts` counts. */
    delete = async (): Promise<void> => {};

    async #shaped<T>(work: () => Promise<T>): Promise<T> {
        try {
            return await work();
        } catch (error) {
            throw shapeError(error, "what leaves the program", undefined);
        }
    }
}
