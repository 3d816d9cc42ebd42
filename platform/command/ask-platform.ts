import { type IncomingMessage, request } from "node:http";
import { json } from "node:stream/consumers";
import { Problem } from "section-model";
import { type OrderOutcome, orderPath, withControlPath } from "../http/control-socket";

/** Sends a request to the platform that serves a data folder of this machine. Undefined when none does. */
export async function askPlatform(dataDir: string, url: string, body = ""): Promise<IncomingMessage | undefined> {
    return withControlPath(dataDir, (socketPath) => {
        const asking = request({ socketPath, method: "POST", path: url });
        return new Promise<IncomingMessage | undefined>((resolve, reject) => {
            asking.once("response", resolve);
            asking.once("error", (error: NodeJS.ErrnoException) => {
                if (["ENOENT", "ECONNREFUSED"].includes(error.code ?? "")) resolve(undefined);
                else reject(error);
            });
            asking.end(body);
        });
    });
}

/**
 * Has the platform that serves a data folder carry out an order.
 *
 * @returns undefined when none serves, or it is an older one that does not know the order
 * @throws Problem of the platform
 */
export async function orderOfPlatform(
    dataDir: string,
    name: string,
    input: unknown,
): Promise<{ answer: unknown } | undefined> {
    const response = await askPlatform(dataDir, orderPath + name, JSON.stringify(input ?? {}));
    if (response === undefined) return undefined;
    if (response.statusCode !== 200) {
        response.resume();
        return undefined;
    }
    const outcome = (await json(response)) as OrderOutcome;
    if (!("problem" in outcome)) return outcome;
    const { code, detail, remedy } = outcome.problem;
    throw new Problem(code, detail, { remedy });
}
