import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { Memory } from "../../../provider/run/memory";
import {
    hostnamesAfter,
    isHostnameDeclared,
    noteDeclaredHostname,
    noteHostnames,
} from "../../../provider/run/program-hostnames";
import { withFolder } from "../../support/platform";

describe("the hostnames of a program", () => {
    it("follow each other as the program has them, also when it declares more", () => {
        const memory = new Memory();
        noteHostnames(memory, "a.example b.example c.example");
        assert.deepEqual(hostnamesAfter(memory, "a.example", 2), ["b.example", "c.example"]);
        assert.deepEqual(hostnamesAfter(memory, "c.example", 2), []);
        assert.deepEqual(hostnamesAfter(memory, "other.example", 2), []);
        noteHostnames(memory, "a.example b.example c.example d.example");
        assert.deepEqual(hostnamesAfter(memory, "c.example", 2), ["d.example"]);
    });

    it("come from the file that lists them", () =>
        withFolder(async (folder) => {
            const memory = new Memory();
            const file = path.join(folder, "hostnames.json");
            writeFileSync(file, '["a.example","b.example"]');
            noteHostnames(memory, file);
            assert.deepEqual(hostnamesAfter(memory, "a.example", 8), ["b.example"]);
            assert.deepEqual(
                ["b.example", "c.example"].map((each) => isHostnameDeclared(memory, each)),
                [true, false],
            );
        }));

    it("have no next one where nobody tells those of the whole program", () => {
        const memory = new Memory();
        for (const each of ["a.example", "b.example", undefined]) noteDeclaredHostname(memory, each);
        assert.deepEqual(hostnamesAfter(memory, "a.example", 8), []);
    });
});
