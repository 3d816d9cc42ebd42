// Serves pulumirpc.LanguageRuntime for Node programs. Only for machines that built the engine themselves: the official
// release brings its own host. Its modules are kept beside it (host-modules.mjs), because `pulumi new` asks it before
// the project has any; a program runs with its own @pulumi/pulumi.
const { spawn } = require("node:child_process");
const { existsSync, readFileSync, realpathSync, writeFileSync } = require("node:fs");
const path = require("node:path");
const { createRequire } = require("node:module");
const grpc = require("@grpc/grpc-js");
const { LanguageRuntimeService } = require("@pulumi/pulumi/proto/language_grpc_pb");
const messages = require("@pulumi/pulumi/proto/language_pb");
const { PluginInfo } = require("@pulumi/pulumi/proto/plugin_pb");
const { Empty } = require("google-protobuf/google/protobuf/empty_pb");
const { writeBy } = require("./typescript-writer.cjs");

/** A file of the @pulumi/pulumi that the first of these folders has. Undefined if none has it. */
function findInSdk(file, folders) {
    for (const folder of folders) {
        try {
            // a package that is a link is at home elsewhere
            return createRequire(path.join(realpathSync(folder), "package.json")).resolve(`@pulumi/pulumi/${file}`);
        } catch {
            // perhaps the next folder has it
        }
    }
    return undefined;
}

const notInstalled = (folder) => `@pulumi/pulumi is not installed in ${folder}: run npm install there`;

const engine = process.argv.at(-1);
const lateModules = ["--require", path.join(__dirname, "late-modules.cjs")];
const bailed = 32; // the program has said what is wrong itself

function run(call, callback) {
    const request = call.request;
    const info = request.getInfo();
    const options = info?.getOptions()?.toJavaScript() ?? {};
    const program = info?.getProgramDirectory() || request.getPwd();
    const entry = info?.getEntryPoint() || request.getProgram() || ".";
    const answer = new messages.RunResponse();
    const runner = findInSdk("cmd/run", [program, request.getPwd()]);
    if (runner === undefined) {
        answer.setError(notInstalled(program));
        return callback(null, answer);
    }
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
    child.once("error", (error) => callback(error));
    child.once("close", (code) => {
        if (code === bailed) answer.setBail(true);
        else if (code !== 0) answer.setError(`the program ended with exit code ${code}`);
        callback(null, answer);
    });
    call.once("cancelled", () => child.kill("SIGTERM"));
}

/** Sends the output of a process at once, then `end` with its exit code. */
function relay(call, child, Response, end) {
    const say = (set) => (value) => {
        const answer = new Response();
        answer[set](value);
        call.write(answer);
    };
    child.stdout.on("data", say("setStdout"));
    child.stderr.on("data", say("setStderr"));
    child.once("error", (error) => call.emit("error", error));
    child.once("close", (code) => end(code ?? 1, say));
    call.once("cancelled", () => child.kill("SIGTERM"));
}

/** What the engine asks to run beside programs -> the file of the SDK that runs it, and the arguments of that file. */
const runners = {
    // of the engine's arguments the last is its address; the pack listens where it wants to
    analyzer: ["cmd/run-policy-pack", (args) => [args.at(-1), "."]],
    resource: ["cmd/run-plugin", (args) => [".", ...args]],
};

/** Runs a policy pack, or a provider whose folder has a PulumiPlugin.yaml, in its own folder. */
function runPlugin(call) {
    const { request } = call;
    const [file, argumentsFor] = runners[request.getKind()] ?? [];
    if (file === undefined) return unimplemented(call);
    const folder = request.getInfo().getProgramDirectory();
    const runner = findInSdk(file, [folder, request.getPwd()]);
    if (runner === undefined) return fail(call, notInstalled(folder));
    const environment = Object.fromEntries(
        request.getEnvList().map((entry) => [entry.slice(0, entry.indexOf("=")), entry.slice(entry.indexOf("=") + 1)]),
    );
    const child = spawn(process.execPath, [...lateModules, runner, ...argumentsFor(request.getArgsList())], {
        cwd: folder,
        env: environment,
        stdio: ["ignore", "pipe", "pipe"],
    });
    relay(call, child, messages.RunPluginResponse, (code, say) => {
        say("setExitcode")(code);
        call.end();
    });
}

const locks = { "pnpm-lock.yaml": "pnpm", "yarn.lock": "yarn" };

/** Installs the packages of a project, for `pulumi new` and `pulumi install`. */
function installDependencies(call) {
    const { request } = call;
    const folder = request.getDirectory();
    const lock = Object.keys(locks).find((name) => existsSync(path.join(folder, name)));
    const manager = request.getInfo()?.getOptions()?.toJavaScript().packagemanager ?? locks[lock] ?? "npm";
    const child = spawn(manager, ["install"], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    relay(call, child, messages.InstallDependenciesResponse, (code) => {
        if (code === 0) call.end();
        else fail(call, `${manager} install ended with ${code}`);
    });
}

/** Makes generated SDKs packages of the project, for `pulumi package add`. */
function link(call, callback) {
    const folder = call.request.getInfo().getProgramDirectory();
    const read = (file) => JSON.parse(readFileSync(path.join(folder, file), "utf8"));
    const manifest = read("package.json");
    const linked = call.request.getPackagesList().map((each) => {
        const { name } = read(path.join(each.getPath(), "package.json"));
        return [name, `file:${each.getPath()}`];
    });
    manifest.dependencies = { ...manifest.dependencies, ...Object.fromEntries(linked) };
    writeFileSync(path.join(folder, "package.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
    const answer = new messages.LinkResponse();
    answer.setImportInstructions(linked.map(([name]) => `The program can load it from "${name}".`).join("\n"));
    callback(null, answer);
}

const empty = (make) => (_call, callback) => callback(null, make());
const fail = (call, details) => call.emit("error", { code: grpc.status.FAILED_PRECONDITION, details });
const answers = {
    handshake: empty(() => new messages.LanguageHandshakeResponse()),
    getPluginInfo: empty(() => new PluginInfo()),
    about: empty(() => new messages.AboutResponse()),
    getRequiredPackages: empty(() => new messages.GetRequiredPackagesResponse()),
    getRequiredPlugins: empty(() => new messages.GetRequiredPluginsResponse()),
    getProgramDependencies: empty(() => new messages.GetProgramDependenciesResponse()),
    runtimeOptionsPrompts: empty(() => new messages.RuntimeOptionsResponse()),
    cancel: empty(() => new Empty()),
    generatePackage: writeBy("generatePackage", engine),
    generateProgram: writeBy("generateProgram", engine),
    generateProject: writeBy("generateProject", engine),
    installDependencies,
    link,
    run,
    runPlugin,
};
const unimplemented = (call, callback) => {
    const error = {
        code: grpc.status.UNIMPLEMENTED,
        details: "this language host does not know this question",
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
