import assert from "node:assert/strict";
import { parseDocument } from "yaml";
import { keepVariableTexts } from "../../../provider/agency/yaml-variables";

function read(yaml: string): unknown {
    const document = parseDocument(yaml, { merge: true });
    keepVariableTexts(document);
    return document.toJS();
}

describe("the variables in YAML", () => {
    it("keep their text, and numbers elsewhere stay numbers", () => {
        assert.deepEqual(read("port: 0x50\nvariables: { a: 0x50, b: 80, c: 1.0, d: '1.0', e: !!int 007, f: true }\n"), {
            port: 80,
            variables: { a: "0x50", b: 80, c: "1.0", d: "1.0", e: "007", f: true },
        });
        assert.deepEqual(
            read("%YAML 1.1\n---\nvariables: { a: 010, b: 1:30, c: 1_000 }\n"),
            { variables: { a: "010", b: "1:30", c: "1_000" } },
            "as YAML 1.1 reads more texts as numbers",
        );
    });

    it("are those of the anchor that an alias means where it stands", () => {
        const yaml = "one: { variables: &v { a: 1.0 } }\ntwo: { variables: *v }\nold: &v { a: 2.0 }\nvariables: *v\n";
        assert.deepEqual(read(yaml), {
            one: { variables: { a: "1.0" } },
            two: { variables: { a: "1.0" } },
            old: { a: "2.0" },
            variables: { a: "2.0" },
        });
    });

    it("that merge themselves are read once", () => {
        keepVariableTexts(parseDocument("x: &a { <<: *a, variables: { <<: *a, b: 1.10 } }\n", { merge: true }));
    });
});
