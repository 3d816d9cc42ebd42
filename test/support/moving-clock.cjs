// Loaded into a process by NODE_OPTIONS: its clock is ahead by the seconds that the file SECTION_TEST_CLOCK holds, and
// jumps when they change.
const { readFileSync } = require("node:fs");

const RealDate = Date;
let aheadMs = 0;
const read = () => {
    aheadMs = Number(readFileSync(process.env.SECTION_TEST_CLOCK, "utf8")) * 1000;
};
read();
setInterval(read, 50).unref();
global.Date = class extends RealDate {
    constructor(...parts) {
        super(...(parts.length === 0 ? [RealDate.now() + aheadMs] : parts));
    }
    static now() {
        return RealDate.now() + aheadMs;
    }
};
