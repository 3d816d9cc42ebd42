import { printable, sayMoment } from "pulumi-section/internal";
import { sayCount } from "../report/say-count";
import { colourLines, type Meaning } from "../terminal/colour";
import type { LeftThing } from "./find-left";
import { declareLeft, type LeftResource } from "./left-declaration";

const indent = (text: string, by: string) => text.replaceAll(/^(?=.)/gm, by);

function sayResource({ name, things, statement }: LeftResource): string {
    const heads = things.map(
        ({ kind, id, claim, isBegun }) =>
            `${kind} ${id} (${name}), claimed ${sayMoment(claim.claimedAt)}${isBegun ? ", begun by an up" : ""}`,
    );
    return [...heads, indent(statement ?? "no resource can declare it", "    ")].join("\n");
}

const meanings: readonly [RegExp, Meaning][] = [
    [/^ {2}\w+ \d/, "name"],
    [/is not in its state:$|are not in its state:$/, "bad"],
];

/** Left things with the statements that declare them again, for people. In colour on a terminal. */
export function sayLeft(left: readonly LeftThing[]): string {
    const count = `${sayCount(left.length, "thing")} that this stack claimed ${left.length === 1 ? "is" : "are"} not in its state:`;
    const text = [count, ...declareLeft(left).map((each) => indent(sayResource(each), "  "))].join("\n");
    const ways =
        "To keep them, put these lines into the program: the next up goes on with what exists. To delete them: pulumi-section drift --left remove";
    return colourLines(printable(`${text}\n${ways}`), meanings);
}

/** The same as data. */
export function leftToJson(left: readonly LeftThing[]): unknown {
    return declareLeft(left).flatMap(({ name, things, statement }) =>
        things.map(({ kind, id, claim, isBegun }) => ({
            kind,
            id,
            name,
            claimedAt: claim.claimedAt,
            isBegun,
            statement: statement ?? null,
        })),
    );
}
