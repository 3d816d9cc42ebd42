import assert from "node:assert/strict";
import { isOfMachine, readCompilerMessage } from "../../../platform/varnish/compiler-message";

describe("what varnishd says of a program", () => {
    it("is a reason and a place in the program", () => {
        const output = `Error:
Message from VCC-compiler:
Expected ';' got 'set'
(program line 381), at
('/tmp/work/vcl/parts/a.vcl' Line 4 Pos 5)
    set req.http.b = "2";
----###------------------

Running VCC-compiler failed, exited with 2
VCL compilation failed
`;
        assert.deepEqual(readCompilerMessage(output, "/tmp/work/vcl"), {
            path: "parts/a.vcl",
            line: 4,
            column: 5,
            reason: "Expected ';' got 'set'",
        });
    });

    it("has no place outside of the program, and always a reason", () => {
        const builtin = "Message from VCC-compiler:\nSymbol not found: 'x' at\n('Builtin' Line 4 Pos 5)\n";
        assert.deepEqual(readCompilerMessage(builtin, "/tmp/work/vcl"), { reason: "Symbol not found: 'x'" });
        assert.deepEqual(readCompilerMessage("", "/tmp/work/vcl"), { reason: "varnishd gave no reason" });
    });

    it("may lie with the machine", () => {
        assert.ok(isOfMachine("Could not open VMOD foo"));
        assert.ok(!isOfMachine("Expected ';' got 'set'"));
    });
});
