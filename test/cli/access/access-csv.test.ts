import assert from "node:assert/strict";
import { accessRows, departureRows } from "../../../cli/access/access-csv";
import type { ClientAccess } from "../../../cli/access/access-list";

const client = { id: "1", name: "Acme" };
const jane: ClientAccess = { person: "jane@agency.example", client, role: "admin", status: "active", isOwner: true };
const unseen = [{ client: { id: "9", name: "Hidden" }, because: "x" }];

describe("access as a list for a spreadsheet", () => {
    it("has a row for each membership, for what is declared and not there, and for who cannot be seen", () => {
        const missing = [{ person: "gone@agency.example", client, declaredBy: "gone" }];
        const { head, rows } = accessRows({ list: [{ ...jane, declaredBy: null }], unseen, missing });
        assert.deepEqual(
            rows.map((row) => row.length),
            [head.length, head.length, head.length],
        );
        assert.deepEqual(
            rows.map((row) => [row[0], row[1], row[6], row[7]]),
            [
                ["jane@agency.example", "Acme", "nobody", ""],
                ["gone@agency.example", "Acme", "gone", "declared and not there"],
                ["", "Hidden", "", "not seen: x"],
            ],
        );
    });

    it("has a row for each thing that somebody who leaves has to hand over first", () => {
        const handOver = [
            { reason: "owns it", remedy: "Transfer it" },
            { reason: "is the last admin", remedy: "Name another" },
        ];
        const { head, rows } = departureRows({ ends: [{ ...jane, handOver }], pending: [jane], unseen });
        assert.deepEqual(
            rows.map((row) => row.length),
            rows.map(() => head.length),
        );
        assert.deepEqual(
            rows.map((row) => [row[0], row[7], row[8]]),
            [
                ["membership ends", "owns it", "Transfer it"],
                ["membership ends", "is the last admin", "Name another"],
                ["invitation to withdraw", "", ""],
                ["not seen", "x", ""],
            ],
        );
    });
});
