export interface Address {
    method: string;
    /** With `:name` for parameters. */
    path: string;
}

const countParameters = (path: string) => path.split("/:").length;

function patternOf(path: string): RegExp {
    return new RegExp(`^${path.replace(/\/$/, "").replaceAll(".", "\\.").replaceAll(/:\w+/g, "[^/]+")}/?$`);
}

/** The methods that each path offers. When a word and a parameter both fit a path, the word counts. */
export class OfferedMethods {
    readonly #places: { path: string; pattern: RegExp; methods: string[] }[];

    constructor(addresses: readonly Address[]) {
        const paths = [...new Set(addresses.map(({ path }) => path))].sort(
            (one, other) => countParameters(one) - countParameters(other),
        );
        this.#places = paths.map((path) => ({
            path,
            pattern: patternOf(path),
            methods: addresses.filter((address) => address.path === path).map(({ method }) => method),
        }));
    }

    /** The `Allow` header for the path of a request; undefined when there is nothing. */
    allowAt(path: string): string | undefined {
        const plain = path.replaceAll(/\/{2,}/g, "/");
        const methods = this.#places.find(({ pattern }) => pattern.test(plain))?.methods;
        return methods && [...methods, ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"].sort().join(", ");
    }

    /**
     * Addresses that a router mistakes for others: it gives GET /account/create to /account/:accountId, although only
     * POST is offered there.
     */
    mistakable(): Address[] {
        return this.#places.flatMap(({ path, methods }) => {
            const others = this.#places
                .filter((other) => other.path !== path && other.pattern.test(path))
                .flatMap((other) => other.methods);
            return [...new Set(others)]
                .filter((method) => !methods.includes(method))
                .map((method) => ({ method, path }));
        });
    }
}
