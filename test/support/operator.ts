import { pino } from "pino";
import { openContext } from "../../platform/open-context";
import { type PlatformOptions, readOptions } from "../../platform/options";
import type { Context } from "../../platform/service/context";

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
