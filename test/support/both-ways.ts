import { convertState } from "../../cli/convert/convert-state";
import type { StateDocument } from "../../cli/convert/state-document";
import { type ResourceKind, resourceTypeOf, type Way } from "../../provider/run/resource-kind";

const ways = ["dynamic", "plugin"] as const;
let now: Way = "dynamic";

/** The way that the resources of the present test go. */
export const wayNow = (): Way => now;

/** The engine's type of a kind, by the way of the present test. */
export const typeNow = (kind: ResourceKind): string => resourceTypeOf(kind, now);

/** A state of dynamic resources, by the way of the present test. */
export function stateNow(document: object): object {
    if (now === "dynamic") return document;
    return convertState(document as StateDocument, now, { way: "true", others: {} }, () => "made").document;
}

const wordsOf = (what: string, way: Way) => (way === "plugin" ? `${what}, of the plugin` : what);

/** Describes something once for dynamic resources and once for those of the plugin, in the same words. */
export function describeBothWays(what: string, tests: (this: Mocha.Suite) => void): void {
    for (const way of ways)
        describe(wordsOf(what, way), function () {
            before(() => {
                now = way;
            });
            after(() => {
                now = "dynamic";
            });
            now = way;
            tests.call(this);
            now = "dynamic";
        });
}

/** A test that is run once for dynamic resources and once for those of the plugin. */
export function itBothWays(what: string, test: () => Promise<unknown>): void {
    for (const way of ways)
        it(wordsOf(what, way), async () => {
            now = way;
            try {
                await test();
            } finally {
                now = "dynamic";
            }
        });
}
