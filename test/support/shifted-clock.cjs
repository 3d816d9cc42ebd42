// Loaded into the engine's processes by NODE_OPTIONS: their clock is ahead by SECTION_TEST_DAYS days.
const ahead = Number(process.env.SECTION_TEST_DAYS ?? 0) * 86_400_000;
const RealDate = Date;
global.Date = class extends RealDate {
    constructor(...parts) {
        super(...(parts.length === 0 ? [RealDate.now() + ahead] : parts));
    }
};
