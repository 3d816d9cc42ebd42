// Loaded into a provider's process by NODE_OPTIONS: writes its calls with their answers, one a line, into the file
// SECTION_TEST_CALLS.
const { appendFileSync } = require("node:fs");
const { Server } = require("@grpc/grpc-js");

const file = process.env.SECTION_TEST_CALLS;
// calls that reach the code of a dynamic provider
const methods = ["configure", "check", "diff", "create", "read", "update", "delete"];
const structs = ["Olds", "News", "Properties", "Inputs", "Oldinputs", "Args"];
const texts = ["Urn", "Id", "Changes", "Deletebeforereplace"];
const lists = ["FailuresList", "ReplacesList"];

/** The fields of a message that a provider reads. */
function read(message) {
    if (message === undefined || message === null) return undefined;
    const said = {};
    const add = (names, convert) => {
        for (const name of names) {
            const value = message[`get${name}`]?.();
            if (value !== undefined) said[name.toLowerCase()] = convert(value);
        }
    };
    add(structs, (struct) => struct.toJavaScript());
    add(texts, (text) => text);
    add(lists, (list) => list.map((each) => each.toObject?.() ?? each));
    return said;
}

const addService = Server.prototype.addService;
Server.prototype.addService = function (service, handlers) {
    const recording = {};
    for (const method of Object.keys(service)) {
        const handle = handlers[method];
        if (handle === undefined) continue;
        if (!methods.includes(method)) {
            recording[method] = handle.bind(handlers);
            continue;
        }
        recording[method] = (call, done) => {
            return handle.call(handlers, call, (error, answer, ...rest) => {
                const failed = error ? { failed: error.message ?? error.details } : {};
                const line = { method, request: read(call.request), answer: read(answer), ...failed };
                appendFileSync(file, `${JSON.stringify(line)}\n`);
                done(error, answer, ...rest);
            });
        };
    }
    return addService.call(this, service, recording);
};
