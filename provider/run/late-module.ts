/**
 * A module that is loaded when something of it is used first. A program loads this package before it declares anything,
 * and schemas, parsers and the client take as long to load as all the rest.
 *
 * @param load calls `require`. Called once: Node looks for the file again at each call, which takes some 50 µs
 */
export function loadLate<M extends object>(load: () => M): M {
    let loaded: M | undefined;
    const get = (_: M, name: string | symbol) => {
        loaded ??= load();
        return Reflect.get(loaded, name);
    };
    return new Proxy({} as M, { get });
}

export const model = loadLate((): typeof import("section-model") => require("section-model"));
export const client = loadLate((): typeof import("section-client") => require("section-client"));
