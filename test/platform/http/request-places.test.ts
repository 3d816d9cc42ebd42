import assert from "node:assert/strict";
import type { FastifyRequest } from "fastify";
import { RequestPlaces } from "../../../platform/http/request-places";
import { Api } from "../../support/api";
import { startListening } from "../../support/listening-server";
import { converse } from "../../support/slow-client";

const request = () => ({}) as FastifyRequest;

describe("the places for requests", () => {
    function take(places: RequestPlaces, client: string): FastifyRequest {
        const taken = request();
        places.enter(taken);
        try {
            places.claim(taken, client);
        } catch (error) {
            places.leave(taken);
            throw error;
        }
        return taken;
    }

    it("are all for one client as long as nobody else wants one", () => {
        const places = new RequestPlaces(10);
        const taken = Array.from({ length: 10 }, () => take(places, "user 1"));
        assert.throws(() => take(places, "user 1"), /too many requests are being answered/);
        places.leave(taken[0] as FastifyRequest);
        take(places, "user 1");
    });

    it("are there for everybody who has less than a share, when one client has taken all", () => {
        const places = new RequestPlaces(10);
        for (let count = 0; count < 10; count += 1) take(places, "user 1");
        const others = Array.from({ length: 5 }, () => take(places, "user 2"));
        assert.throws(() => take(places, "user 2"), /too many/, "half of the places is its share");
        assert.throws(() => take(places, "user 1"), /too many/);
        for (const other of others) places.leave(other);
        for (let count = 3; count < 13; count += 1) take(places, `user ${count}`);
        assert.throws(() => take(places, "user 99"), /too many/, "twice as many are the end");
    });

    it("are taken by the bytes of an answer that waits for its client, too, and left once", () => {
        const places = new RequestPlaces(10);
        const reader = take(places, "user 1");
        places.weigh(reader, 9 * 256 * 1024);
        assert.throws(() => take(places, "user 1"), /too many/);
        take(places, "user 2");
        for (let times = 0; times < 3; times += 1) places.leave(reader);
        for (let count = 0; count < 9; count += 1) take(places, "user 1");
        assert.throws(() => take(places, "user 1"), /too many/);
    });

    it("of others are not felt where somebody sends 40 bodies that never end, from the same address", async function () {
        this.timeout(60_000);
        const running = await startListening({ maxRequests: 20, bodyPaceSeconds: 2, bodyTimeoutSeconds: 3 });
        try {
            const other = new Api(running.url, (await startOther(running.url)).token);
            const head = `POST /api/v1/user HTTP/1.1\r\nHost: x\r\nsection-token: ${running.api.token}\r\nContent-Length: 1000\r\n\r\n`;
            const slow = Array.from({ length: 40 }, () => converse(running.url, (socket) => void socket.write(head)));
            const turnedAway = async () => (await running.api.call("GET", "/user")).status;
            while ((await turnedAway()) !== 503);
            for (let count = 0; count < 20; count += 1) assert.equal((await other.call("GET", "/user")).status, 200);
            const answers = (await Promise.all(slow)).map(({ text }) => text.slice(9, 12));
            assert.ok(answers.filter((status) => status === "408").length >= 15, answers.join());
            assert.equal((await running.api.call("GET", "/user")).status, 200, "the pace has ended them");
        } finally {
            await running.close();
        }

        async function startOther(url: string) {
            const second = await startListening();
            await second.close();
            return { url, token: second.api.token };
        }
    });
});
