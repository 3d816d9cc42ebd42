import type { Command } from "commander";
import { type PlatformOptions, readOptions, variableOf } from "../options";
import { dataOptions, optionsOf, say, settingFlag, withExamples } from "./data-command";
import { loadPlatform } from "./load-on-use";
import { sayUnset } from "./say-unset";

const signalNumbers = { SIGINT: 2, SIGTERM: 15 };

interface ServeFlags extends PlatformOptions {
    pureV1?: boolean;
}

async function serve({ pureV1, ...flags }: ServeFlags): Promise<void> {
    const settings = readOptions(optionsOf(flags));
    const starting = loadPlatform().startPlatform({
        logLevel: "info",
        ...optionsOf(flags),
        ...(pureV1 && { extensions: false }),
    });
    let isStopping = false;
    const stop = async (signal: "SIGINT" | "SIGTERM") => {
        // the second one is impatient, and a crash loses nothing
        if (isStopping) process.exit(128 + signalNumbers[signal]);
        isStopping = true;
        const platform = await starting.catch(() => undefined); // a start that fails says so itself
        await platform?.close({ drain: true });
        process.exit();
    };
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void stop(signal));
    say(`listening on ${(await starting).url}`);
    sayUnset(settings).forEach(say);
}

export function addServe(program: Command): void {
    const command = dataOptions(program.command("serve").description("Answer requests until SIGTERM")).action(serve);
    for (const name of ["host", "port", "publicUrl", "tlsCertFile", "tlsKeyFile", "logLevel"] as const)
        command.addOption(settingFlag(name));
    command.option("--pure-v1", `Speak pure v1, without extensions (${variableOf("extensions")}=false)`);
    command.addHelpText(
        "after",
        "\nEvery setting has an environment variable: docs/settings.md in this package lists them all.",
    );
    withExamples(command, "serve --data-dir ./section-data --port 8080", "serve --pure-v1 --log-level warn");
}
