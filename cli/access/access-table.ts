import type { Cell } from "../report/csv";
import { sayCount } from "../report/say-count";
import type { AccessList, ClientAccess, Unseen } from "./access-list";
import type { Departure } from "./departure";

/** What is shown, whatever the format: a title, tables, and sentences. */
export interface Report {
    title: string;
    /** Above the tables. */
    summary: string;
    tables: { title?: string; head: string[]; rows: string[][] }[];
    /** Below the tables. */
    notes: string[];
    /** The same as one list, for a spreadsheet. */
    list: { head: string[]; rows: Cell[][] };
}

const clientName = ({ name, id }: ClientAccess["client"]) => `${name} (${id})`;

function remarkOf({ status, isOwner }: ClientAccess): string {
    return [isOwner ? "owner" : "", status === "pending" ? "invited, not accepted yet" : ""].filter(Boolean).join(", ");
}

function declaredCell({ declaredBy }: Pick<ClientAccess, "declaredBy">): string[] {
    return declaredBy === undefined ? [] : [declaredBy ?? "nobody"];
}

function unseenNotes(unseen: readonly Unseen[]): string[] {
    return unseen.map(({ client, because }) => `Not seen: ${clientName(client)}: ${because}.`);
}

const sayDeclared = (declaredBy: string | null | undefined) => (declaredBy === null ? "nobody" : declaredBy);

function accessRows({ list, unseen, missing = [] }: Pick<AccessList, "list" | "unseen" | "missing">): Report["list"] {
    return {
        head: ["person", "client", "client id", "role", "status", "owner", "declared by", "note"],
        rows: [
            ...list.map(({ person, client, role, status, isOwner, declaredBy }) => [
                person,
                client.name,
                client.id,
                role,
                status,
                isOwner,
                sayDeclared(declaredBy),
                "",
            ]),
            ...missing.map(({ person, client, declaredBy }) => [
                person,
                client.name,
                client.id,
                "",
                "",
                false,
                declaredBy,
                "declared and not there",
            ]),
            ...unseen.map(({ client, because }) => [
                "",
                client.name,
                client.id,
                "",
                "",
                undefined,
                "",
                `not seen: ${because}`,
            ]),
        ],
    };
}

function departureRows({ ends, pending, unseen }: Pick<Departure, "ends" | "pending" | "unseen">): Report["list"] {
    const rowOf = (what: string, { person, client, role, isOwner, declaredBy }: ClientAccess) => [
        what,
        person,
        client.name,
        client.id,
        role,
        isOwner,
        sayDeclared(declaredBy),
    ];
    const none = { reason: "", remedy: "" };
    return {
        head: [
            "what",
            "person",
            "client",
            "client id",
            "role",
            "owner",
            "declared by",
            "to hand over first",
            "what to do",
        ],
        rows: [
            ...ends.flatMap((each) =>
                (each.handOver.length > 0 ? each.handOver : [none]).map(({ reason, remedy }) => [
                    ...rowOf("membership ends", each),
                    reason,
                    remedy,
                ]),
            ),
            ...pending.map((each) => [...rowOf("invitation to withdraw", each), "", ""]),
            ...unseen.map(({ client, because }) => [
                "not seen",
                "",
                client.name,
                client.id,
                "",
                undefined,
                "",
                because,
                "",
            ]),
        ],
    };
}

/** Who may do what. People whom the program declares and who are not there come last. */
export function accessReport({ endpoint, user, clients, list, unseen, missing }: AccessList): Report {
    const people = new Set(list.map(({ person }) => person)).size;
    const rows = list.map((each) => [
        each.person,
        clientName(each.client),
        each.role,
        remarkOf(each),
        ...declaredCell(each),
    ]);
    const absent = (missing ?? []).map(({ person, client, declaredBy }) => [
        person,
        clientName(client),
        "none",
        "declared and not there",
        declaredBy,
    ]);
    const undeclared = list.filter(({ declaredBy }) => declaredBy === null).length;
    return {
        title: "Who has access",
        summary: `${sayCount(people, "person", "people")}, ${sayCount(list.length, "membership")} of ${sayCount(clients.length - unseen.length, "client")}, seen by ${user} at ${endpoint}${
            missing === undefined ? "" : `; nobody declares ${undeclared} of them`
        }`,
        tables: [
            {
                head: ["person", "client", "role", "remark", ...(missing === undefined ? [] : ["declared by"])],
                rows: [...rows, ...absent],
            },
        ],
        notes: unseenNotes(unseen),
        list: accessRows({ list, unseen, missing }),
    };
}

/** What leaves with a person, what is in the way first. */
export function departureReport({ person, ends, pending, notes, unseen }: Departure): Report {
    const first = ends.filter(({ handOver }) => handOver.length > 0);
    const hasProgram = [...ends, ...pending].some(({ declaredBy }) => declaredBy !== undefined);
    const head = ["client", "role", "remark", ...(hasProgram ? ["declared by"] : [])];
    const rowOf = (each: ClientAccess) => [clientName(each.client), each.role, remarkOf(each), ...declaredCell(each)];
    const handOver = first.flatMap((each) =>
        each.handOver.map(({ reason, remedy }) => [clientName(each.client), reason, remedy]),
    );
    return {
        title: `When ${person} leaves`,
        summary: `${sayCount(ends.length, "membership")} to end, ${first.length} of them with something to hand over first; ${sayCount(pending.length, "invitation")} to withdraw`,
        tables: [
            ...(handOver.length > 0
                ? [{ title: "To hand over first", head: ["client", "why", "what to do"], rows: handOver }]
                : []),
            ...(ends.length > 0 ? [{ title: "Memberships that end", head, rows: ends.map(rowOf) }] : []),
            ...(pending.length > 0 ? [{ title: "Invitations to withdraw", head, rows: pending.map(rowOf) }] : []),
        ],
        notes: [...notes, ...unseenNotes(unseen)],
        list: departureRows({ ends, pending, unseen }),
    };
}
