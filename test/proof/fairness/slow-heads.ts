import type { PrepareAttack } from "./attack";
import { beginTrickle } from "./trickle";

/** Four times as many as the platform waits for of one address. */
const connections = 2_000;

/** Begins requests whose heads never end, as somebody can who has no token. */
export const slowHeads: PrepareAttack = async ({ url }) => ({
    name: `${connections} heads that trickle, from the tenant's own address`,
    begin: () => {
        const start = "GET /api/v1/user HTTP/1.1\r\nHost: x\r\nX-Slow:";
        return beginTrickle(url, { connections, start, pauseMs: 1_000 });
    },
});
