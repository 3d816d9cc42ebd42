// Where the pages document a type: tables of the reference pages say so by themselves.
const elsewhere = {
    Role: ["../roles.md", ""],
    Capability: ["../roles.md", ""],
    SiteArgs: ["client-site.md", "#siteargs"],
    SiteConfigSource: ["agency.md", "#sources-of-configuration"],
    Variables: ["agency.md", "#variables"],
};

const kept = /<!-- made by npm run docs: (\w+) (\w+)/g;

/** The anchor of a table, by its maker: the heading of a type is its name. */
const anchorOf = {
    type: (name) => `#${name.toLowerCase()}`,
    result: (name) => `#${name.toLowerCase()}`,
    outputs: () => "",
    arguments: () => "#arguments",
};

/**
 * @param texts page of docs/reference/ -> its text
 * @returns for a page, the function that gives words with a link for a type
 */
export function makeLinks(texts) {
    const places = new Map(Object.entries(elsewhere));
    for (const [page, text] of texts)
        for (const [, maker, name] of text.matchAll(kept))
            if (maker in anchorOf) places.set(name, [page, anchorOf[maker](name)]);
    return (page) => (name) => {
        const place = places.get(name);
        if (place === undefined) return undefined;
        const [at, anchor] = place;
        return `[\`${name}\`](${at === page && anchor !== "" ? "" : at}${anchor})`;
    };
}
