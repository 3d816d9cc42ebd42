import { type Command, Option } from "commander";
import { startPlatform } from "../index";
import type { PlatformOptions } from "../options";
import { dataCommand, optionsOf, say } from "./data";

async function serve(flags: PlatformOptions): Promise<void> {
    const starting = startPlatform({ logLevel: "info", ...optionsOf(flags) });
    const stop = async () => {
        await starting.then((platform) => platform.close()).catch(() => {});
        process.exit();
    };
    process.once("SIGTERM", stop);
    process.once("SIGINT", stop);
    say(`listening on ${(await starting).url}`);
}

export function addServe(program: Command): void {
    dataCommand(program, "serve", "Answer requests until SIGTERM")
        .option("--host <host>", "address to listen on (default 127.0.0.1)")
        .option("--port <port>", "port to listen on (default: any free one)")
        .option("--public-url <url>", "how clients reach the platform")
        .addOption(new Option("--log-level <level>", "what the log on stderr shows").choices(["silent", "fatal", "error", "warn", "info", "debug"]))
        .action(serve);
}
