import { printable, sayMoment } from "pulumi-section/internal";
import { sayCount } from "../report/say-count";
import { colourLines, type Meaning } from "../terminal/colour";
import { type LeftThing, withoutHeld } from "./find-left";
import { declareLeft, type LeftResource, sayDeclaration } from "./left-declaration";

const indent = (text: string, by: string) => text.replaceAll(/^(?=.)/gm, by);

function sayResource(resource: LeftResource): string {
    const { name, things } = resource;
    const heads = things.map(
        ({ kind, id, claim, isBegun }) =>
            `${kind} ${id} (${name}), claimed ${sayMoment(claim.claimedAt)}${isBegun ? ", begun by an up" : ""}`,
    );
    return [...heads, indent(sayDeclaration(resource), "    ")].join("\n");
}

const meanings: readonly [RegExp, Meaning][] = [
    [/^ {2}\w+ \d/, "name"],
    [/is not in its state:$|are not in its state:$/, "bad"],
];

/** What becomes of them. */
function sayWays(left: readonly LeftThing[]): string {
    const own = withoutHeld(left);
    const held =
        own.length < left.length
            ? [
                  "What the state of another stack has is not removed here: pulumi-section up of that stack writes its name into the claims.",
              ]
            : [];
    const isOfAgency = own.some(({ client }) => client !== undefined);
    const declaring = isOfAgency ? "declare them again as shown" : "put these lines into the program";
    const ways = `To keep them, ${declaring}: the next up goes on with what exists. To delete them: pulumi-section drift --left remove\nTo give them up, and keep them on the platform: pulumi-section drift --left release`;
    return [...held, ...(own.length > 0 ? [ways] : [])].join("\n");
}

/** Left things with the statements that declare them again, for people. In colour on a terminal. */
export function sayLeft(left: readonly LeftThing[]): string {
    const count = `${sayCount(left.length, "thing")} that this stack claimed ${left.length === 1 ? "is" : "are"} not in its state:`;
    const text = [count, ...declareLeft(left).map((each) => indent(sayResource(each), "  "))].join("\n");
    const ways = sayWays(left);
    return colourLines(printable(`${text}\n${ways}`), meanings);
}

/** The same as data. */
export function leftToJson(left: readonly LeftThing[]): unknown {
    return declareLeft(left).flatMap(({ name, things, statement }) =>
        things.map(({ kind, id, claim, isBegun, heldBy, client }) => ({
            kind,
            id,
            name,
            claimedAt: claim.claimedAt,
            isBegun,
            statement: statement ?? null,
            ...(heldBy && { heldBy }),
            ...(client && { client }),
        })),
    );
}
