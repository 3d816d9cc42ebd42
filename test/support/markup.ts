/** A node as parse5 makes them. */
interface Node {
    tagName?: string;
    attrs?: { name: string; value: string }[];
    /** Of a text. */
    value?: string;
    childNodes?: Node[];
}

export interface Markup {
    /** Every element with the names of its attributes, in order. */
    shape: string[];
    /** Attribute values but `class`, and texts, in order. */
    texts: string[];
    /** Its errors, by their names in the HTML standard. */
    errors: string[];
}

/** Reads markup as browsers do. */
export async function readMarkup(text: string): Promise<Markup> {
    const { parse, parseFragment } = await import("parse5");
    const found: Markup = { shape: [], texts: [], errors: [] };
    const options = { onParseError: ({ code }: { code: string }) => void found.errors.push(code) };
    const wire = Buffer.from(text).toString();
    const walk = ({ tagName, attrs = [], value, childNodes = [] }: Node) => {
        if (value !== undefined) found.texts.push(value);
        if (tagName !== undefined) {
            const attributes = [...attrs].sort((one, other) => (one.name < other.name ? -1 : 1));
            found.shape.push(`${tagName}[${attributes.map(({ name }) => name).join(",")}]`);
            found.texts.push(...attributes.filter(({ name }) => name !== "class").map((attribute) => attribute.value));
        }
        for (const child of childNodes) walk(child);
    };
    walk((wire.startsWith("<!doctype") ? parse(wire, options) : parseFragment(wire, options)) as Node);
    return found;
}
