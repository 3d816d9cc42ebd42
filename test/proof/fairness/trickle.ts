import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

export interface TrickleOptions {
    connections: number;
    /** What each sends at once. Blanks follow, one in half a second. */
    start: string;
    /** A connection that the platform ends is begun again after so long. */
    pauseMs: number;
}

/** Begins requests that never become whole; those that the platform ends are begun again. */
export async function beginTrickle(
    url: string,
    { connections, start, pauseMs }: TrickleOptions,
): Promise<{ end(): Promise<void> }> {
    const { hostname, port } = new URL(url);
    const sockets = new Set<Socket>();
    let isEnded = false;
    const begin = async (): Promise<void> => {
        const socket = connect(Number(port), hostname);
        sockets.add(socket);
        socket.on("error", () => {}); // ended by the platform, which is the point
        socket.resume().once("close", () => {
            sockets.delete(socket);
            if (!isEnded) setTimeout(() => isEnded || void begin(), pauseMs);
        });
        await Promise.race([once(socket, "connect"), once(socket, "close")]);
        socket.write(start);
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
}
