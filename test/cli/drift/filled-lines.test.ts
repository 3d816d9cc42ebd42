import assert from "node:assert/strict";
import { comesFrom, rewriteFile, usesVariable } from "../../../cli/drift/filled-lines";

describe("a text and the file of the program", () => {
    it("belong together when variables alone tell them apart", () => {
        const template = "ttl = {{ttl}};\nhost = {{ host }}:{{port}};\nplain (a.b)\n";
        assert.ok(comesFrom(template, "ttl = 6h;\nhost = a.example:80;\nplain (a.b)\n"));
        assert.ok(comesFrom("{{ '{{' }}ttl}}\n", "{{ttl}}\n"), "braces that the file means themselves");
        assert.ok(comesFrom("same\n", "same\n"));
        for (const text of [
            "ttl = 6h;\nhost = a.example;\nplain (a.b)\n",
            "ttl = 6h;\nhost = a:80;\nplain (axb)\n",
            "ttl = 6h;\nhost = a:80;\n",
            "",
        ])
            assert.ok(!comesFrom(template, text), text);
        assert.ok(!comesFrom("plain\n", "plain"), "the end of the last line counts");
        assert.ok(usesVariable(template, "host") && !usesVariable(template, "hos"));
    });

    it("take other values of variables, and other lines", () => {
        const file = "ttl = {{ttl}};\nb\ngrace = {{ttl}}; # {{name}}\nend\n";
        assert.deepEqual(
            rewriteFile(file, "ttl = 1h;\nb\ngrace = 1h; # Acme\nend\n", "ttl = 2h;\nB\ngrace = 2h; # Acme\nend\nmore"),
            {
                text: "ttl = {{ttl}};\nB\ngrace = {{ttl}}; # {{name}}\nend\nmore",
                values: [{ name: "ttl", from: "1h", to: "2h", line: 1 }],
            },
        );
    });

    const stuckAt = (file: string, declared: string, found: string) => {
        const { line, why } = rewriteFile(file, declared, found) as { line: number; why: string };
        return `${line}: it ${why}`;
    };

    it("need a person for a line that no value gives, and the line is named", () => {
        const file = "a\nttl = {{ttl}};\nb = {{b}}{{c}};\nttl of {{ttl}}\n";
        const declared = "a\nttl = 1h;\nb = 12;\nttl of 1h\n";
        assert.equal(
            stuckAt(file, declared, declared.replace("ttl = 1h;", "time = 2h;")),
            "2: it has {{ttl}}, and no other value of it gives the new line",
        );
        assert.equal(
            stuckAt(file, declared, declared.replace("b = 12;", "b = 13;")),
            "3: it has {{b}} and {{c}}, and no other value of it gives the new line",
            "nobody knows which of the two it is",
        );
        assert.equal(
            stuckAt(file, declared, declared.replace("ttl = 1h;", "ttl = 2h;")),
            "4: it has {{ttl}}, too, and has another value there",
        );
        assert.equal(
            stuckAt(file, declared, declared.replace("ttl = 1h;\n", "")),
            "2: it has {{ttl}}, and the lines around it changed",
        );
        assert.equal(
            stuckAt(file, declared, declared.replace("a\n", "a {{by_hand}}\n")),
            "1: it would get {{ }}, which a program fills in",
        );
    });
});
