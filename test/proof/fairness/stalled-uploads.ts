import { once } from "node:events";
import { connect } from "node:net";
import { applicationArchive, sendUpload } from "../../support/archive";
import type { PrepareAttack } from "./attack";

const each = 40;

/** An organization's admin and a member of nothing begin uploads and send no more of them. */
export const stalledUploads: PrepareAttack = async ({ url, attacker, stranger, tenant, site }) => ({
    name: `${each} uploads each of an admin and of a member of nothing that send no more`,
    begin: async () => {
        const { hostname, port } = new URL(url);
        const sockets = await Promise.all(
            Array.from({ length: 2 * each }, async (_, index) => {
                const { token } = index % 2 === 0 ? attacker : stranger;
                const socket = connect(Number(port), hostname);
                socket.on("error", () => {}); // ended by the platform, which is the point
                await once(socket, "connect");
                const head = `Host: x\r\nsection-token: ${token}\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 1000000`;
                socket.write(`POST /new/code_upload/v1/upload HTTP/1.1\r\n${head}\r\n\r\n`);
                socket.write('--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n');
                return socket;
            }),
        );
        return { end: async () => sockets.forEach((socket) => void socket.destroy()) };
    },
    looks: {
        upload: async () => {
            const fields = { account_id: String(site.account), app_id: String(site.application) };
            const { status, json } = await sendUpload(url, tenant.token, await applicationArchive(), fields);
            if (status !== 200) throw new Error(`an upload was answered ${status}: ${json.message}`);
        },
    },
});
