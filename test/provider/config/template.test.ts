import assert from "node:assert/strict";
import { Template } from "../../../provider/config/template";

describe("a text with variables", () => {
    const fill = (text: string, variables: Record<string, string | number>, used = new Set<string>()) =>
        new Template(text, "proxy/a.vcl").fill(variables, used);

    it("is filled in, and tells the variables that it uses", () => {
        const used = new Set<string>();
        assert.equal(fill("{{a}}-{{ b }}-{{a}} {{ '{{' }}c}}", { a: 1, b: "x", d: "y" }, used), "1-x-1 {{c}}");
        assert.deepEqual([...used], ["a", "b"]);
    });

    it("names the line of a variable without a value", () => {
        assert.throws(() => fill("one\n{{a}}\n{{b}}", { a: 1 }), {
            message: /^proxy\/a\.vcl:3: \{\{b\}\} has no value/,
            code: "invalid-input",
        });
        assert.throws(() => fill("{{constructor}}", {}), /has no value/);
        assert.throws(
            () => fill("{{stgae}}", { stage: "x" }),
            /has no value\. Correct it to \{\{stage\}\}, or give it/,
        );
    });

    it("keeps values apart, whatever they contain", () => {
        const template = new Template("{{a}}{{b}}", "a.vcl");
        assert.equal(template.fill({ a: "x,", b: "y" }, new Set()), "x,y");
        assert.equal(template.fill({ a: "x", b: ",y" }, new Set()), "x,y");
        assert.equal(template.fill({ a: '","', b: "" }, new Set()), '","');
        assert.equal(template.fill({ a: "$&", b: "$1" }, new Set()), "$&$1");
    });
});
