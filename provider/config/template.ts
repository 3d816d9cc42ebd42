import { model } from "../run/late-module";
import { nameIn, placeholder } from "./placeholder";
import { wrong } from "./wrong";

const everyPlaceholder = new RegExp(placeholder, "g");

/** A text with variables. Sites with the same values share one text, and texts of any size are filled in once. */
export class Template {
    readonly #found: { name: string; offset: number }[];
    readonly #filled = new Map<string, string>();

    /** @param place the file, as messages name it */
    constructor(
        readonly text: string,
        private readonly place: string,
    ) {
        this.#found = [...text.matchAll(everyPlaceholder)].flatMap(({ 0: found, index }) => {
            const name = nameIn(found);
            return name === undefined ? [] : [{ name, offset: index }];
        });
    }

    /**
     * @param used gets the names of the variables that the text uses
     * @throws Problem `invalid-input` with the line of a variable that has no value
     */
    fill(variables: Readonly<Record<string, string | number>>, used: Set<string>): string {
        const values = this.#found.map(({ name, offset }) => {
            if (!Object.hasOwn(variables, name)) {
                const line = this.text.slice(0, offset).split("\n").length;
                const meant = model.nearestName(name, Object.keys(variables));
                throw wrong(
                    `${this.place}:${line}: {{${name}}} has no value`,
                    `${meant === undefined ? "Give" : `Correct it to {{${meant}}}, or give`} it as variables: { ${name}: ... }, or write {{ '{{' }}${name}}} for the text itself`,
                );
            }
            used.add(name);
            return String(variables[name]);
        });
        const key = JSON.stringify(values);
        const known = this.#filled.get(key);
        if (known !== undefined) return known;
        const filled = this.text.replace(everyPlaceholder, (found) => {
            const name = nameIn(found);
            return name === undefined ? "{{" : String(variables[name]);
        });
        this.#filled.set(key, filled);
        return filled;
    }
}
