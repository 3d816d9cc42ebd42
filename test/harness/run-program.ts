import type { PulumiFn } from "@pulumi/pulumi/automation";
import { RunRequest, type RunResponse } from "@pulumi/pulumi/proto/language_pb";
import type { Project } from "./urns";

/** The automation API's server that runs inline programs. */
interface LanguageServer {
    run(call: { request: RunRequest }, done: (error: Error | null | undefined, answer?: RunResponse) => void): unknown;
}

const { LanguageServer } = require("@pulumi/pulumi/automation/server") as {
    LanguageServer: new (program: PulumiFn) => LanguageServer;
};

export interface Setting {
    value: string;
    secret: boolean;
}

interface ProgramOptions {
    program: PulumiFn;
    project: Project;
    isPreview: boolean;
    parallel: number;
    config: ReadonlyMap<string, Setting>;
    /** The address of the harness. */
    monitor: string;
}

/** Runs a program in this process as the SDK does; resolves when all that it declares is registered. */
export function runProgram({ program, project, isPreview, parallel, config, monitor }: ProgramOptions): Promise<void> {
    const request = new RunRequest();
    request.setProject(project.name);
    request.setStack(project.stack);
    request.setOrganization("organization");
    request.setDryrun(isPreview);
    request.setParallel(parallel);
    request.setMonitorAddress(monitor);
    request.setArgsList([monitor]); // the engine of an inline program
    for (const [key, { value }] of config) request.getConfigMap().set(key, value);
    request.setConfigsecretkeysList([...config].filter(([, { secret }]) => secret).map(([key]) => key));
    return new Promise((resolve, reject) => {
        void new LanguageServer(program).run({ request }, (error) => (error ? reject(error) : resolve()));
    });
}
