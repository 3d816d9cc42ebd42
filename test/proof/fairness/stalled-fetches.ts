import { randomBytes } from "node:crypto";
import { hashObject } from "../../../platform/git/objects/object-format";
import type { PrepareAttack } from "./attack";
import { beginRequest, fetchOf, push } from "./git-wire";

const connections = 60;
/** More than the buffers of a connection take. */
const blobBytes = 24 * 1024 * 1024;

/** A reader begins fetches and takes nothing of their answers. */
export const stalledFetches: PrepareAttack = async ({ attacker, reader, target }) => {
    const data = randomBytes(blobBytes);
    const oid = hashObject("blob", data);
    await push(attacker, target, [{ ref: "refs/tags/large", after: oid }], [{ type: "blob", data }]);
    return {
        name: `${connections} fetches of one reader that take nothing`,
        begin: async () => {
            const begin = () => beginRequest(reader, target, "git-upload-pack", fetchOf(oid));
            const sockets = await Promise.all(Array.from({ length: connections }, begin));
            return { end: async () => sockets.forEach((socket) => void socket.destroy()) };
        },
    };
};
