import { Agent, request } from "node:http";
import { basic } from "../../support/api";
import { owner } from "../../support/platform";
import type { PrepareAttack, World } from "./attack";
import { repeat } from "./repeat";

const atOnce = 10;
const looks = ({ url, password }: World) => ({
    "right password": async () => {
        const { status } = await fetch(`${url}/api/v1/user`, { headers: basic(owner.email, password) });
        if (status !== 200) throw new Error(`the right password was answered ${status}`);
    },
});

/** Tries one password for one name after the other, from some addresses of this machine in turn. */
function spray(url: string, addresses: readonly string[]) {
    const agents = addresses.map((localAddress) => new Agent({ keepAlive: true, localAddress }));
    let count = 0;
    const guess = () =>
        new Promise<void>((resolve) => {
            count += 1;
            const headers = basic(`name${count}@sprayed.example`, "correct horse battery");
            const sent = request(`${url}/api/v1/user`, { agent: agents[count % agents.length], headers }, (answer) => {
                answer.resume().once("close", () => resolve());
            });
            sent.once("error", () => resolve()).end();
        });
    const guessing = repeat(atOnce, guess);
    return {
        end: async () => {
            await guessing.end();
            for (const agent of agents) agent.destroy();
        },
    };
}

/** From the tenant's own network, as of a guest in their office. */
export const passwordsFromHere: PrepareAttack = async (world) => ({
    name: `${atOnce} passwords at once for ever new names, from the tenant's own network`,
    looks: looks(world),
    begin: async () => spray(world.url, ["127.0.0.1"]),
});

export const passwordsFromEverywhere: PrepareAttack = async (world) => ({
    name: `${atOnce} passwords at once for ever new names, from 200 networks`,
    looks: looks(world),
    begin: async () =>
        spray(
            world.url,
            Array.from({ length: 200 }, (_, index) => `127.0.1.${index + 1}`),
        ),
});
