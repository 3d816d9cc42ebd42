import type { Block, Words } from "../report/document";
import { sayCount } from "../report/say-count";
import { sayNames } from "../report/say-names";
import { type PersonAccess, sayAccess } from "./person-access";

const head = ["person", "client", "before", "after"];
/** More rows than these are put together, if the same happens to a person at several clients. */
const mostRows = 20;
/** A row for more clients than these counts them. */
const mostNames = 3;

/** What happens to one person, the same at each of these clients. */
function accessRow(same: readonly PersonAccess[]): Words[] {
    const { email, before, after } = same[0] as PersonAccess;
    const names = same.map(({ client }) => client.name);
    const where = names.length > mostNames ? sayCount(names.length, "client") : sayNames(names);
    return [[{ code: email }], [where], [sayAccess(before)], [{ strong: sayAccess(after) }]];
}

/** The table of access that changes. A person who changes at many clients has a row, and all rows are behind a line. */
export function listPeopleBlocks(access: readonly PersonAccess[]): Block[] {
    if (access.length === 0) return [];
    const whole: Block = { head, rows: access.map((person) => accessRow([person])) };
    const groups = new Map<string, PersonAccess[]>();
    for (const person of access) {
        const key = `${person.email} ${sayAccess(person.before)} ${sayAccess(person.after)}`;
        groups.set(key, [...(groups.get(key) ?? []), person]);
    }
    if (access.length <= mostRows || groups.size === access.length) return [whole];
    return [
        { head, rows: [...groups.values()].map(accessRow) },
        { fold: [`the same client by client, ${sayCount(access.length, "row")}`], blocks: [whole] },
    ];
}
