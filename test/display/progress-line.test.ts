import assert from "node:assert/strict";
import { canRedraw, ProgressLine } from "../../display/progress-line";

function openScreen(columns = 60) {
    return {
        written: "",
        columns,
        isTTY: true,
        write(text: string) {
            this.written += text;
        },
    };
}

const pass = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("a line of progress", () => {
    it("is drawn again in place where it can be, a plain line elsewhere, and nothing for two seconds", async () => {
        const [drawn, narrow, plain, quick] = [openScreen(), openScreen(20), openScreen(), openScreen()];
        const lines = [
            new ProgressLine("reading", drawn, true),
            new ProgressLine("reading", narrow, true),
            new ProgressLine("reading", plain, false),
        ];
        const short = new ProgressLine("reading", quick, true);
        for (const line of lines) line.step(512, 2048);
        await pass(1_000);
        short.stop();
        assert.deepEqual([drawn.written, plain.written, quick.written], ["", "", ""]);
        await pass(1_400);
        assert.match(drawn.written, /^(\r\u001b\[Kreading \[#{6}\.{18}\] 512 of 2,048, \d s){2,}$/);
        assert.match(narrow.written, /^(\r\u001b\[Kreading \[####\.{0,19}.{0,19})+$/);
        for (const part of narrow.written.split("\r\u001b[K")) assert.ok(part.length < 20, part);
        assert.equal(plain.written, "reading: 512 of 2,048, 2 s\n");
        lines[0]?.tell("a word of advice");
        assert.match(drawn.written, /\r\u001b\[Ka word of advice\n$/);
        await pass(150);
        for (const line of lines) line.stop();
        assert.match(drawn.written, /\r\u001b\[K$/);
        const before = drawn.written;
        await pass(150);
        assert.equal(drawn.written, before);
    }).timeout(20_000);

    it("says what it is told, with a bar only where the end is known", async () => {
        const screen = openScreen();
        const line = new ProgressLine("backup", screen, true);
        line.note("12.5 MB");
        await pass(2_100);
        assert.match(screen.written, /backup 12\.5 MB, 2 s$/);
        line.stop();
    }).timeout(20_000);

    it("is drawn before people only", () => {
        const terminal = openScreen();
        assert.equal(canRedraw(terminal, { TERM: "xterm" }), true);
        assert.equal(canRedraw(terminal, { CI: "false" }), true);
        assert.equal(canRedraw(terminal, { CI: "true" }), false);
        assert.equal(canRedraw(terminal, { TERM: "dumb" }), false);
        assert.equal(canRedraw({ ...terminal, isTTY: false }, {}), false);
    });
});
