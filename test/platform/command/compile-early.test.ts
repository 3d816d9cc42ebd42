import assert from "node:assert/strict";
import { compileEarly } from "../../../platform/command/compile-early";

describe("compiling early", () => {
    it("is for who serves with the embedded database", () => {
        const isCompiled = (words: string, environment: NodeJS.ProcessEnv = {}) => {
            let count = 0;
            compileEarly(["node", "section-platform", ...words.split(" ")], environment, async () => {
                count += 1;
            });
            return count === 1;
        };
        for (const words of ["serve", "serve --port 0"]) assert.ok(isCompiled(words), words);
        for (const words of ["", "user add serve", "serve --help", "serve --database-url=x", "serve --database-url x"])
            assert.ok(!isCompiled(words), words);
        assert.ok(!isCompiled("serve", { DATABASE_URL: "postgresql://127.0.0.1/x" }));
    });
});
