// The forms of a value that a zod schema accepts, without the steps that change it: an origin is checked as an object,
// after a text has become `{ address }`.

/** @returns the schemas of objects, lists, texts and so on, one for each form */
export function formsOf(rule) {
    const { def } = rule;
    if (def.type === "optional") return formsOf(def.innerType);
    if (def.type === "union") return def.options.flatMap(formsOf);
    if (def.type === "pipe") return formsOf(def.in.def.type === "transform" ? def.out : def.in);
    return [rule];
}

export const isOptional = (rule) => rule.def.type === "optional";

const isWholeNumber = ({ def }) =>
    def.type === "literal" ? def.values.every(Number.isInteger) : def.format === "safeint";

/** Whether all numbers that these schemas accept are whole. */
export function areWhole(forms) {
    return forms.filter(({ def }) => ["number", "literal"].includes(def.type)).every(isWholeNumber);
}

/** The texts of an enumeration. */
export function listTexts(forms) {
    return forms.filter(({ def }) => def.type === "enum").flatMap(({ def }) => Object.values(def.entries));
}

export const valuesOf = (forms) => forms.filter(({ def }) => def.type === "record").map(({ def }) => def.valueType);

export const elementsOf = (forms) => forms.filter(({ def }) => def.type === "array").map(({ def }) => def.element);

const keysOf = (form) => Object.keys(form.shape).sort().join();

/** Objects that no program writes: check makes them of what a program writes. */
const madeByCheck = {
    "blob,bytes": "a binary file, once its bytes were seen",
    environment: "`seenHead`, once it is known which commit that is",
};

/** The objects that a program may write. */
export function listObjects(forms) {
    return forms.filter(({ def }) => def.type === "object").filter((form) => !(keysOf(form) in madeByCheck));
}

/** What programs write and check has changed before the schema sees it. */
const settledBefore = new Set(["SeenHead"]);

/**
 * The one of the schemas that checks objects of a declared type. Undefined if nothing checks them.
 *
 * @param names the properties of the declared type
 */
export function findForm(forms, type, names) {
    if (settledBefore.has(type)) return undefined;
    const objects = listObjects(forms);
    const found = objects.find((form) => keysOf(form) === [...names].sort().join());
    if (found === undefined && objects.length > 0)
        throw new Error(`${type} has ${names}, and the noun's schema has ${objects.map(keysOf).join(" or ")}`);
    return found;
}
