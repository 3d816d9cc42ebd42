import assert from "node:assert/strict";
import { authenticate, type Carriers } from "../../../platform/http/authenticate-request";
import { addToken } from "../../../platform/service/tokens";
import { addUser } from "../../../platform/service/users";
import { sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;

describe("credentials of a request", () => {
    it("are read from every carrier, the header first", async () => {
        const context = await sharedContext();
        const email = `${fresh("auth")}@agency.example`;
        const { id } = await addUser(context, { email, password: "colons: are: fine" });
        const { token } = await addToken(context, { userId: id, description: "x" });
        const who = async (carriers: Partial<Carriers>) =>
            (await authenticate(context, { address: "127.0.0.1", ...carriers }))?.via;
        assert.deepEqual(
            await Promise.all([
                who({ sectionToken: ` ${token} ` }),
                who({ accessToken: token }),
                who({ authorization: basic(`any:${token}`) }),
                who({ authorization: basic(`${email}:colons: are: fine`) }),
            ]),
            ["token", "token", "token", "password"],
        );
        assert.deepEqual(
            await Promise.all([
                who({}),
                who({ authorization: "Bearer x" }),
                who({ authorization: basic("nocolon") }),
                who({ authorization: basic(`:${token}`) }),
                who({ sectionToken: "wrong", accessToken: token }),
                who({ authorization: basic(`${email}:wrong`) }),
            ]),
            Array(6).fill(undefined),
        );
    });
});
