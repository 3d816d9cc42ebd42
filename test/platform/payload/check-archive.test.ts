import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { gunzipSync, gzipSync } from "node:zlib";
import { checkArchive } from "../../../platform/payload/check-archive";
import { applicationArchive, type Member, makeArchive } from "../../support/archive";

const check = (packed: Buffer, limits = {}) =>
    checkArchive(Readable.from([packed]), { maxMembers: 1000, maxUnpackedBytes: 1_000_000, ...limits });
const refused = async (members: Member[], reason: RegExp) =>
    assert.rejects(check(await makeArchive(members)), { code: "invalid-input", message: reason });

describe("the check of an archive", () => {
    it("passes what sectionctl packs", async () => {
        await assert.doesNotReject(check(await applicationArchive()));
    });

    it("refuses members that get outside", async () => {
        await refused(
            [{ name: "/a/../../etc/passwd", text: "x" }],
            /a path with \.\. in it: "\/a\/\.\.\/\.\.\/etc\/passwd"/,
        );
        await refused([{ name: "../x", text: "x" }], /\.\. in it/);
        await refused(
            [{ name: "link", type: "symlink", linkname: "/etc/passwd" }],
            /a link "link" to "\/etc\/passwd", which leads out of it/,
        );
        await refused([{ name: "a/link", type: "symlink", linkname: "../../x" }], /leads out of it/);
        await refused([{ name: "hard", type: "link", linkname: "../../etc/passwd" }], /\.\. in it/);
        await refused([{ name: "hard", type: "link", linkname: "nowhere" }], /is no file in it/);
        await refused([{ name: "pipe", type: "fifo" }], /"pipe", which is neither file, folder nor link/);
        await refused([{ name: "disk", type: "block-device" }], /neither file/);
    });

    it("refuses what is empty, broken, cut off or something else", async () => {
        await assert.rejects(check(await makeArchive([{ name: "", type: "directory" }])), /the archive holds nothing/);
        await assert.rejects(check(Buffer.from("no gzip at all")), {
            code: "invalid-input",
            message: /no whole tar\.gz/,
        });
        const whole = await applicationArchive();
        await assert.rejects(check(whole.subarray(0, whole.length / 2)), { code: "invalid-input" });
        await assert.rejects(check(gzipSync(gunzipSync(whole).subarray(0, 1200))), { code: "invalid-input" });
        await assert.rejects(check(gzipSync(randomBytes(5000))), { code: "invalid-input" });
    });

    it("refuses bombs: too many members, too much in them, names without end", async () => {
        const many = Array.from({ length: 50 }, (_, index) => ({ name: `f${index}`, text: "" }));
        await assert.rejects(check(await makeArchive(many), { maxMembers: 49 }), /more than 49 files and folders/);
        await check(await makeArchive(many), { maxMembers: 50 });
        await assert.rejects(
            check(await makeArchive([{ name: "a/b/c/d/e", text: "" }]), { maxMembers: 4 }),
            /more than 4/,
        );
        await assert.rejects(check(await makeArchive([{ name: "zeros", text: "0".repeat(2_000_000) }])), {
            code: "body-too-large",
        });
        await refused([{ name: `/${"deep/".repeat(1000)}x`, text: "" }], /more than 4096 characters/);
        await refused([{ name: "x", type: "symlink", linkname: "a/".repeat(2049) }], /to a path of more than 4096/);
        const before = process.memoryUsage().rss;
        const header = Buffer.alloc(512);
        header.write("x", 0);
        header.write("0000644\0", 100);
        header.write("77777777777\0", 124); // eight gigabytes of a name
        header.write("x", 156);
        header.write("ustar\x0000", 257);
        header.write("        ", 148);
        const sum = header.reduce((total, byte) => total + byte, 0);
        header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
        await assert.rejects(check(gzipSync(Buffer.concat([header, Buffer.alloc(100_000_000)]))), {
            code: "invalid-input",
        });
        assert.ok(process.memoryUsage().rss - before < 400_000_000);
    });

    it("refuses what no member declares: zeros behind its end, and far more than arrived", async () => {
        const whole = gunzipSync(await applicationArchive());
        const zeros = gzipSync(Buffer.concat([whole, Buffer.alloc(2_000_000)]));
        await assert.rejects(check(zeros), { code: "body-too-large", message: /unpacks to more than 1000000 bytes/ });
        const bomb = gzipSync(Buffer.concat([whole, Buffer.alloc(80 * 1024 * 1024)]));
        const begun = process.cpuUsage();
        const bombs = Readable.from(Array.from({ length: 100 }, () => bomb));
        await assert.rejects(checkArchive(bombs, { maxMembers: 1000, maxUnpackedBytes: 1e12 }), {
            code: "body-too-large",
        });
        const { user } = process.cpuUsage(begun);
        assert.ok(user < 3_000_000, `${user} microseconds of the processor for 8 GB`);
    });
});
