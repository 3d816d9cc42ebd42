import { pino } from "pino";
import { openContext } from "../../platform/open-context";
import { type PlatformOptions, readOptions } from "../../platform/options";
import type { Context } from "../../platform/service/context";
import { addToken } from "../../platform/service/tokens";
import { addUser } from "../../platform/service/users";

/** Works on a platform's data as the operator, while the platform does not run. */
export async function asOperator(
    options: PlatformOptions,
    work: (context: Context) => Promise<unknown>,
): Promise<void> {
    const { context, close } = await openContext(readOptions(options), pino({ level: "silent" }));
    try {
        await work(context);
    } finally {
        await close();
    }
}

/** A user and a token, made while no platform runs on the data. */
export async function signUpWith(options: PlatformOptions, email: string): Promise<string> {
    let token = "";
    await asOperator(options, async (context) => {
        const { id } = await addUser(context, { email, firstName: "Olga" });
        token = (await addToken(context, { userId: id, description: "test" })).token;
    });
    return token;
}
