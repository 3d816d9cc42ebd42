// Writes TypeScript for `pulumi import`, `pulumi convert` and `pulumi package add`: Pulumi's own code does, in the
// executable pulumi-languages that find-languages.mjs makes. It has to be on PATH.
const { spawn } = require("node:child_process");
const grpc = require("@grpc/grpc-js");
const { LanguageRuntimeClient } = require("@pulumi/pulumi/proto/language_grpc_pb");

const unlimited = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };
const missing =
    'this language host runs programs; to write them it needs pulumi-languages, and there is none on PATH. In the checkout that built the engine: export PATH="$PATH:$(node tools/pulumi/find-languages.mjs)"';

let writer;

/** Starts the executable, which takes its language from its name. It ends with the engine. */
function startWriter(engine) {
    return new Promise((resolve, reject) => {
        const child = spawn("pulumi-languages", [engine], {
            argv0: "pulumi-language-nodejs",
            stdio: ["ignore", "pipe", "inherit"],
        });
        child.once("error", reject);
        child.once("exit", (code) => reject(new Error(`pulumi-languages ended with ${code}`)));
        child.stdout.once("data", (port) =>
            resolve(
                new LanguageRuntimeClient(`127.0.0.1:${Number(port)}`, grpc.credentials.createInsecure(), unlimited),
            ),
        );
    });
}

/** A method of the host that answers what the executable answers. */
exports.writeBy = (method, engine) => async (call, callback) => {
    try {
        writer ??= startWriter(engine);
        (await writer)[method](call.request, callback);
    } catch (error) {
        writer = undefined;
        const details = error.code === "ENOENT" ? missing : error.message;
        callback({ code: grpc.status.UNIMPLEMENTED, details });
    }
};
