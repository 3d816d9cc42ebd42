// Serves pulumirpc.LanguageRuntime for Node programs. Only for machines that built the engine themselves: the official
// release brings its own host. Protocol and messages come from the program's own @pulumi/pulumi.
const { spawn } = require("node:child_process");
const path = require("node:path");
const { createRequire } = require("node:module");

const requireFrom = (folder) => createRequire(path.join(folder, "package.json"));

function pulumiOf(folders) {
    for (const folder of folders) {
        try {
            const load = requireFrom(folder);
            load.resolve("@pulumi/pulumi/proto/language_pb");
            return load;
        } catch {
            // perhaps the next folder has it
        }
    }
    process.stderr.write(
        "pulumi-language-nodejs: @pulumi/pulumi is not installed in the program's folder; run npm install there\n",
    );
    process.exit(1);
}

const load = pulumiOf([process.cwd()]);
const ofPulumi = createRequire(load.resolve("@pulumi/pulumi/package.json")); // what it depends on may be its own alone
const grpc = ofPulumi("@grpc/grpc-js");
const { LanguageRuntimeService } = load("@pulumi/pulumi/proto/language_grpc_pb");
const messages = load("@pulumi/pulumi/proto/language_pb");
const { PluginInfo } = load("@pulumi/pulumi/proto/plugin_pb");
const { Empty } = ofPulumi("google-protobuf/google/protobuf/empty_pb");
const engine = process.argv.at(-1);
const lateModules = ["--require", path.join(__dirname, "late-modules.cjs")];
const bailed = 32; // the program has said what is wrong itself

function run(call, callback) {
    const request = call.request;
    const info = request.getInfo();
    const options = info?.getOptions()?.toJavaScript() ?? {};
    const program = info?.getProgramDirectory() || request.getPwd();
    const entry = info?.getEntryPoint() || request.getProgram() || ".";
    const runner = pulumiOf([program, request.getPwd()]).resolve("@pulumi/pulumi/cmd/run");
    const config = Object.fromEntries(request.getConfigMap().entries());
    const flags = {
        monitor: request.getMonitorAddress(),
        engine,
        organization: request.getOrganization(),
        project: request.getProject(),
        stack: request.getStack(),
    };
    const args = [
        ...lateModules,
        ...String(options.nodeargs ?? "")
            .split(" ")
            .filter(Boolean),
        runner,
        ...Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]),
        ...[
            "--root-directory",
            info?.getRootDirectory() || request.getPwd(),
            "--pwd",
            request.getPwd(),
            "--parallel",
            String(request.getParallel()),
        ],
        ...(request.getDryrun() ? ["--dry-run"] : []),
        entry,
        ...request.getArgsList(),
    ];
    const environment = {
        ...process.env,
        PULUMI_CONFIG: JSON.stringify(config),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
        ...(options.typescript !== false && { PULUMI_NODEJS_TYPESCRIPT: "true" }),
    };
    const child = spawn(process.execPath, args, {
        cwd: program,
        env: environment,
        stdio: ["ignore", "inherit", "inherit"],
    });
    const answer = new messages.RunResponse();
    child.once("error", (error) => callback(error));
    child.once("close", (code) => {
        if (code === bailed) answer.setBail(true);
        else if (code !== 0) answer.setError(`the program ended with exit code ${code}`);
        callback(null, answer);
    });
    call.once("cancelled", () => child.kill("SIGTERM"));
}

/** Runs a policy pack in its own folder; its output reaches the engine at once. */
function runPlugin(call) {
    const { request } = call;
    if (request.getKind() !== "analyzer") return unimplemented(call);
    const pack = request.getInfo().getProgramDirectory();
    const runner = pulumiOf([pack, request.getPwd()]).resolve("@pulumi/pulumi/cmd/run-policy-pack");
    const environment = Object.fromEntries(
        request.getEnvList().map((entry) => [entry.slice(0, entry.indexOf("=")), entry.slice(entry.indexOf("=") + 1)]),
    );
    // of the engine's arguments the last is its address; the pack listens where it wants to
    const child = spawn(process.execPath, [...lateModules, runner, request.getArgsList().at(-1), "."], {
        cwd: pack,
        env: environment,
        stdio: ["ignore", "pipe", "pipe"],
    });
    const say = (set) => (chunk) => {
        const answer = new messages.RunPluginResponse();
        answer[set](chunk);
        call.write(answer);
    };
    child.stdout.on("data", say("setStdout"));
    child.stderr.on("data", say("setStderr"));
    child.once("error", (error) => call.emit("error", error));
    child.once("close", (code) => {
        say("setExitcode")(code ?? 1);
        call.end();
    });
    call.once("cancelled", () => child.kill("SIGTERM"));
}

const empty = (make) => (_call, callback) => callback(null, make());
const streaming = (call) => call.end();
const answers = {
    handshake: empty(() => new messages.LanguageHandshakeResponse()),
    getPluginInfo: empty(() => new PluginInfo()),
    about: empty(() => new messages.AboutResponse()),
    getRequiredPackages: empty(() => new messages.GetRequiredPackagesResponse()),
    getRequiredPlugins: empty(() => new messages.GetRequiredPluginsResponse()),
    getProgramDependencies: empty(() => new messages.GetProgramDependenciesResponse()),
    runtimeOptionsPrompts: empty(() => new messages.RuntimeOptionsResponse()),
    cancel: empty(() => new Empty()),
    installDependencies: streaming,
    run,
    runPlugin,
};
const unimplemented = (call, callback) => {
    const error = {
        code: grpc.status.UNIMPLEMENTED,
        details: "this language host only runs programs and policy packs",
    };
    if (callback) callback(error);
    else call.emit("error", error);
};

// an engine that was killed says no goodbye
const parent = process.ppid;
setInterval(() => process.ppid !== parent && process.exit(0), 2_000).unref();

const server = new grpc.Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
server.addService(
    LanguageRuntimeService,
    Object.fromEntries(Object.keys(LanguageRuntimeService).map((name) => [name, answers[name] ?? unimplemented])),
);
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    process.stdout.write(`${port}\n`);
});
