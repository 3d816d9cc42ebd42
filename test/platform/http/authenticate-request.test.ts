import assert from "node:assert/strict";
import { makeToken } from "../../../platform/auth/token";
import { authenticate, type Carriers, refusePassword } from "../../../platform/http/authenticate-request";
import { addToken } from "../../../platform/service/tokens";
import { addUser } from "../../../platform/service/users";
import { sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;

describe("credentials of a request", () => {
    it("that are an e-mail address with a wrong password are called that; of others nothing is said", () => {
        const say = (carriers: Partial<Carriers>) => refusePassword({ address: undefined, ...carriers });
        assert.throws(() => say({ authorization: basic("olga@agency.example:wrong") }), {
            code: "unauthenticated",
            message:
                "API request is unauthorized: the e-mail address or the password is wrong. Correct them, or send a valid API token.",
        });
        const { token } = makeToken();
        say({});
        say({ authorization: basic("git:wrong") });
        say({ authorization: basic(`olga@agency.example:${token}`) });
        say({ sectionToken: "wrong", authorization: basic("olga@agency.example:wrong") });
    });

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
