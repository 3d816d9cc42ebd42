import assert from "node:assert/strict";
import { authenticate } from "../../../platform/http/authenticate";
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
        const who = async (carriers: Parameters<typeof authenticate>[1]) => (await authenticate(context.store.database, carriers, context.now()))?.via;
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
