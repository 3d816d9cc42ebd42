import { createSocket } from "node:dgram";
import type { AddressInfo } from "node:net";

/** A DNS server that knows CNAMEs and nothing else. */
export async function startDns(aliases: Map<string, string>): Promise<{ address: string; close(): void }> {
    const socket = createSocket("udp4");
    const encode = (name: string) =>
        Buffer.concat([...name.split(".").map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)])), Buffer.from([0])]);
    socket.on("message", (query, from) => {
        const labels: string[] = [];
        let at = 12;
        for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
            labels.push(query.toString("latin1", at + 1, at + 1 + length));
            at += 1 + length;
        }
        const end = at + 5;
        const type = query.readUInt16BE(at + 1);
        const target = type === 5 ? aliases.get(labels.join(".").toLowerCase()) : undefined;
        const header = Buffer.from(query.subarray(0, 12));
        header.writeUInt16BE(target === undefined ? 0x8183 : 0x8180, 2);
        header.writeUInt16BE(target === undefined ? 0 : 1, 6);
        header.writeUInt32BE(0, 8);
        const parts = [header, query.subarray(12, end)];
        if (target !== undefined) {
            const data = encode(target);
            const fixed = Buffer.from([0xc0, 12, 0, 5, 0, 1, 0, 0, 0, 60, 0, data.length]);
            parts.push(fixed, data);
        }
        socket.send(Buffer.concat(parts), from.port, from.address);
    });
    await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
    return { address: `127.0.0.1:${(socket.address() as AddressInfo).port}`, close: () => socket.close() };
}
