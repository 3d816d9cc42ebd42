/**
 * Gives a resource a property that is made when somebody asks for it. A program of a thousand sites asks for few of
 * its outputs, and each costs some fifty promises.
 */
export function makeLater<T extends object, K extends keyof T>(resource: T, name: K, make: () => T[K]): void {
    let made: T[K] | undefined;
    const get = () => {
        made ??= make();
        return made;
    };
    Object.defineProperty(resource, name, { get, enumerable: true, configurable: true });
}
