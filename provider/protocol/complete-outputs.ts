import { type Properties, plain } from "../run/properties";

/** All outputs in a state have it: so a refresh of a managed resource differs from a look-up by `.get`. */
export const marker = "__v";
/** The form of the outputs that this version writes. */
export const stateVersion = 1;

/** Outputs as a state has them. */
export function completeOutputs(outputs: object): Properties {
    return { ...plain(outputs), [marker]: stateVersion };
}
