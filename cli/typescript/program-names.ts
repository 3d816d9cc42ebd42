const longestSlug = 60;

/**
 * A name as a file or a resource may have it: `Bäckerei "Süß" & Söhne` -> `backerei-suss-sohne`. Several names may come
 * to one.
 */
export function slugOf(name: string): string {
    const plain = name.replaceAll("ß", "ss").normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
    const slug = plain
        .replaceAll(/[^a-z0-9]+/g, "-")
        .slice(0, longestSlug)
        .replaceAll(/^-+|-+$/g, "");
    return slug === "" ? "client" : slug;
}

/** A hostname as a variable: `www.acme.example` -> `wwwAcmeExample`. Several hostnames may come to one. */
export function identifierOf(text: string): string {
    const words = text.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
    const joined = words
        .map((word, index) => (index === 0 ? word : `${word[0]?.toUpperCase()}${word.slice(1)}`))
        .join("");
    return /^[A-Za-z]/.test(joined) ? joined : `site${joined}`;
}

/** Hands each name out once. The first caller gets the plain name, so that later things change no earlier name. */
export class Names {
    readonly #taken: Set<string>;

    constructor(reserved: readonly string[] = []) {
        this.#taken = new Set(reserved);
    }

    /** `wanted`, with `mark` appended until the name is free. */
    take(wanted: string, mark: string): string {
        let name = wanted;
        while (this.#taken.has(name)) name += mark;
        this.#taken.add(name);
        return name;
    }
}
