/**
 * A module that is loaded when something of it is used first. A program loads this package before it declares anything,
 * and schemas, parsers and the client take as long to load as all the rest.
 *
 * @param load calls `require`
 */
export function loadLate<M extends object>(load: () => M): M {
    return new Proxy({} as M, { get: (_, name) => Reflect.get(load(), name) });
}

export const model = loadLate((): typeof import("section-model") => require("section-model"));
export const client = loadLate((): typeof import("section-client") => require("section-client"));
