import { type Properties, plain } from "../run/properties";

/** Present in every output: tells a refresh of what we made from a look-up by `.get`. */
export const marker = "__v";
const stateVersion = 1;

/** Outputs as a state holds them. */
export function completeOutputs(outputs: object): Properties {
    return { ...plain(outputs), [marker]: stateVersion };
}
