import type { Cell } from "../report/csv";
import type { AccessList, ClientAccess } from "./access-list";
import type { Departure } from "./departure";

/** Rows for a spreadsheet. */
export interface CsvList {
    head: string[];
    rows: Cell[][];
}

const sayDeclared = (declaredBy: string | null | undefined) => (declaredBy === null ? "nobody" : declaredBy);

/** A row for each membership, also for missing ones and for clients whose members cannot be seen. */
export function accessRows({ list, unseen, missing = [] }: Pick<AccessList, "list" | "unseen" | "missing">): CsvList {
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

/** A row for each membership that ends, and for each thing to hand over first. */
export function departureRows({ ends, pending, unseen }: Pick<Departure, "ends" | "pending" | "unseen">): CsvList {
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
