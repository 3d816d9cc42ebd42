import assert from "node:assert/strict";
import { appendFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { EventLog } from "../../../cli/engine/event-log";
import { describeBothWays, typeNow } from "../../support/both-ways";
import { withFolder } from "../../support/platform";

interface Step {
    event?: "resourcePreEvent" | "resOpFailedEvent";
    op?: string;
    type: string;
    custom?: boolean;
    external?: boolean;
    planning?: boolean;
    status?: number;
    inputs?: object;
}

const lineOf = ({
    event = "resourcePreEvent",
    op = "create",
    type,
    custom = true,
    external,
    planning,
    status,
    inputs,
}: Step) => {
    const urn = `urn:pulumi:prod::agency::${type}::a "quoted" name`;
    const metadata = { op, urn, type, old: null, new: { type, urn, custom, external, inputs } };
    const body = { metadata, ...(planning && { planning }), ...(status !== undefined && { status, steps: 1 }) };
    return `${JSON.stringify({ sequence: 1, timestamp: 2, [event]: body })}\n`;
};

const bucket = "aws:s3:Bucket";

/** Follows a log that is written while `write` runs. */
async function follow(write: (file: string) => Promise<void>): Promise<{ log: EventLog; told: number }> {
    return withFolder(async (folder) => {
        const file = path.join(folder, "events");
        let told = 0;
        const log = new EventLog(file, () => {
            told += 1;
        });
        await log.follow(write(file));
        return { log, told };
    });
}

const hear = (...steps: Step[]) => follow((file) => writeFile(file, steps.map(lineOf).join("")));

describeBothWays("the log of events of a run", () => {
    const site = typeNow("application");

    it("tells once when a resource of another provider would change", async () => {
        const { log, told } = await hear({ type: site }, { type: bucket }, { type: "aws:s3:Object" });
        assert.deepEqual([told, log.foreign], [1, { type: bucket, name: 'a "quoted" name' }]);
    });

    const ours: readonly [what: string, step: Step][] = [
        ["a resource of this package", { type: site }],
        ["a component", { type: "agency:index:Site", custom: false }],
        ["a look-up", { type: bucket, op: "read", external: true }],
        ["what stays as it is", { type: bucket, op: "same" }],
        ["the stack", { type: "pulumi:pulumi:Stack" }],
        ["a provider", { type: "pulumi:providers:aws" }],
    ];
    for (const [what, step] of ours)
        it(`tells nothing of ${what}`, async () => assert.equal((await hear(step)).told, 0));

    it("says whether the run applies, or only previews", async () => {
        const preview = { type: site, planning: true };
        assert.equal((await hear(preview)).log.isApplying, false);
        assert.equal((await hear({ type: "pulumi:pulumi:Stack" })).log.isApplying, false);
        assert.equal((await hear({ type: site })).log.isApplying, true);
    });

    it("counts changes that the provider did not answer, and no refusals", async () => {
        const failure = { event: "resOpFailedEvent" as const, op: "update", type: site };
        const { log } = await hear({ ...failure, status: 0 }, { ...failure, status: 1 }, { ...failure, status: 2 });
        assert.equal(log.unanswered, 1);
    });

    it("is read while it grows, when the engine makes it anew, and in long lines that come in parts", async () => {
        const long = lineOf({ type: site, planning: true, inputs: { content: "ä".repeat(3_000_000) } });
        const pause = () => new Promise((resolve) => setTimeout(resolve, 250));
        const { log, told } = await follow(async (file) => {
            await pause();
            await writeFile(file, long.slice(0, 1_000));
            await pause();
            await appendFile(file, long.slice(1_000));
            await pause();
            await writeFile(file, lineOf({ type: site }));
            await pause();
            await appendFile(file, lineOf({ type: bucket }));
        });
        assert.deepEqual([log.isApplying, told], [true, 1]);
    });
});
