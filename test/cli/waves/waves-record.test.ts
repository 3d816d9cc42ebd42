import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { planWaves } from "../../../cli/waves/plan-waves";
import { replan } from "../../../cli/waves/replan";
import {
    isUnfinished,
    listEdited,
    makeRecord,
    readRecord,
    recordFile,
    writeRecord,
} from "../../../cli/waves/waves-record";
import { withFolder } from "../../support/platform";
import { changeOf, environmentUrn } from "../../support/waves";

const choice = { sizes: [1], first: [] };
const four = ["a", "b", "c", "d"].map((name) => ({ name }));

function begun(sites = four) {
    const change = changeOf(sites);
    return makeRecord(change, choice, planWaves(change, choice), "https://platform.example");
}

describe("the record of a run", () => {
    it("comes back as it was written, beside a file that keeps git from it, and without any content", () =>
        withFolder(async (folder) => {
            assert.equal(await readRecord(folder, "production"), undefined);
            const record = begun([{ name: "a" }, { name: "b" }].map((site) => ({ ...site, content: "hush-hush" })));
            await writeRecord(folder, record);
            await writeRecord(folder, record);
            assert.deepEqual(await readRecord(folder, "production"), record);
            assert.ok(isUnfinished(record));
            const file = recordFile(folder, "production");
            assert.deepEqual((await readdir(path.dirname(file))).sort(), [".gitignore", "waves-production.json"]);
            assert.doesNotMatch(await readFile(file, "utf8"), /hush/);
            await writeFile(file, "{");
            await assert.rejects(readRecord(folder, "production"), /waves-production\.json is not a record of a run/);
        }));

    it("knows what was edited meanwhile, and what was not", () => {
        const record = begun();
        assert.deepEqual(
            listEdited(record, changeOf(four.map((site, index) => ({ ...site, op: index < 2 ? "same" : "update" })))),
            [],
        );
        assert.deepEqual(listEdited(record, changeOf([{ name: "a" }, { name: "b", content: "newer" }])), [
            environmentUrn("b"),
        ]);
        assert.deepEqual(listEdited(record, changeOf([...four, { name: "e" }])), [environmentUrn("e")]);
    });

    it("is planned anew with the sites first that did not pass, also those that the edit leaves alone", () => {
        const record = { ...begun(), unhealthy: ["1/3 Production"] };
        const sites = (names: string[]) =>
            names.map((name) => (name === "same" ? { name: "c", op: "same" } : { name, content: "newer" }));
        const edited = replan(record, changeOf(sites(["a", "b", "c", "d"])), record.endpoint);
        const namesOf = ({ waves }: typeof edited) =>
            waves.map(({ places }) => places.map(({ site }) => site).join(" "));
        assert.deepEqual(namesOf(edited), ["c.example", "a.example b.example d.example"]);
        assert.ok(edited.waves.every(({ state }) => state === "planned"));
        const left = replan(record, changeOf(sites(["a", "b", "same", "d"])), record.endpoint);
        assert.deepEqual(namesOf(left), ["c.example", "a.example", "b.example d.example"]);
        assert.deepEqual(left.waves[0]?.urns, []);
    });
});
