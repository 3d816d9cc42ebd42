import assert from "node:assert/strict";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** Sends the output of `speak` and collects the answer until the connection ends. */
export function converse(
    url: string,
    speak: (socket: Socket) => Promise<void> | void,
): Promise<{ text: string; ms: number }> {
    const { hostname, port } = new URL(url);
    const begunMs = Date.now();
    return new Promise((resolve) => {
        const socket = connect(Number(port), hostname, () => void speak(socket));
        let text = "";
        socket.on("data", (chunk) => {
            text += chunk;
        });
        socket.on("error", () => {});
        socket.on("close", () => resolve({ text, ms: Date.now() - begunMs }));
    });
}

/** Writes a byte now and then, as long as it may. */
export async function trickle(socket: Socket, text: string): Promise<void> {
    for (const byte of text) {
        if (!socket.writable) return;
        socket.write(byte);
        await sleep(100);
    }
}

/** Makes sure that an answer on a bare connection looks like every other one. */
export function checkRefusal(text: string, status: number, message: RegExp): void {
    const [head = "", body = ""] = text.split("\r\n\r\n");
    assert.match(head, new RegExp(`^HTTP/1\\.1 ${status} `));
    assert.match(head, /Aperture-Tx-Id: \d{12}\.\d{6}/);
    assert.match(head, /Content-Type: application\/json/);
    assert.match(JSON.parse(body).message, message);
}
