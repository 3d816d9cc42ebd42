// Starts git for the platform. A process of its own, because it is small: forking one that holds a database takes
// twenty milliseconds, during which it can do nothing else. One connection is one call: a line of JSON and git's input
// (unless a file has it), in; frames of git's output, then its exit code, out.
const { spawn } = require("node:child_process");
const { closeSync, openSync, rmSync } = require("node:fs");
const net = require("node:net");
const { setPriority } = require("node:os");
const path = require("node:path");

const stdoutFrame = 1;
const stderrFrame = 2;
const exitFrame = 3;
const killAfterMs = 2_000;
const children = new Set();

function frame(type, payload) {
    const head = Buffer.alloc(5);
    head.writeUInt8(type, 0);
    head.writeUInt32BE(payload.length, 1);
    return Buffer.concat([head, payload]);
}

function exitCode(code) {
    const payload = Buffer.alloc(4);
    payload.writeInt32BE(code);
    return frame(exitFrame, payload);
}

function relay(stream, type, socket) {
    stream.on("data", (chunk) => {
        if (socket.write(frame(type, chunk))) return;
        stream.pause();
        socket.once("drain", () => stream.resume());
    });
}

function end(child) {
    child.kill("SIGTERM");
    setTimeout(() => child.kill("SIGKILL"), killAfterMs).unref();
}

function feed({ stdin }, socket, first) {
    if (stdin === null) return void socket.resume(); // to see when the caller is gone
    stdin.on("error", () => {}); // git may have heard enough before everything is said
    if (first.length > 0) stdin.write(first);
    socket.pipe(stdin);
}

function makeNice(pid, niceness) {
    try {
        setPriority(pid, niceness);
    } catch {} // it has ended, or the system has no such thing
}

/** Says why a call could not begin; a folder may be removed in the same moment. */
function refuse(socket, error) {
    socket.write(frame(stderrFrame, Buffer.from(`git could not be started: ${error.message}`)));
    socket.end(exitCode(128));
}

function start(socket, { args, cwd, env, timeoutMs, stdinFile, niceness = 0 }, first) {
    const file = stdinFile === undefined ? undefined : openSync(stdinFile);
    const child = spawn("git", args, { cwd, env, stdio: [file ?? "pipe", "pipe", "pipe"] });
    if (file !== undefined) closeSync(file); // git has its own
    if (niceness > 0 && child.pid !== undefined) makeNice(child.pid, niceness);
    let timer;
    const finish = (code) => {
        clearTimeout(timer);
        children.delete(child);
        socket.unpipe();
        socket.resume(); // a client that is still sending may finish, or it would never read this
        socket.end(exitCode(code));
    };
    child.once("error", (error) => {
        socket.write(frame(stderrFrame, Buffer.from(`git could not be started: ${error.message}`)));
        finish(127);
    });
    if (child.stdout === undefined) return; // no file is left for its streams: "error" follows
    children.add(child);
    timer = setTimeout(() => child.kill("SIGKILL"), timeoutMs);
    child.once("close", (code) => children.has(child) && finish(code ?? 128));
    relay(child.stdout, stdoutFrame, socket);
    relay(child.stderr, stderrFrame, socket);
    feed(child, socket, first);
    socket.once("close", () => children.has(child) && end(child));
}

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    let head = Buffer.alloc(0);
    socket.on("error", () => {});
    const read = (chunk) => {
        head = Buffer.concat([head, chunk]);
        const line = head.indexOf(0x0a);
        if (line === -1) return;
        socket.off("data", read);
        try {
            start(socket, JSON.parse(head.toString("utf8", 0, line)), head.subarray(line + 1));
        } catch (error) {
            refuse(socket, error);
        }
    };
    socket.on("data", read);
});

process.once("disconnect", () => {
    for (const child of children) child.kill("SIGKILL");
    rmSync(path.dirname(process.argv[2]), { recursive: true, force: true });
    process.exit(0);
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {}); // the platform ends it, when its requests are answered
server.listen(process.argv[2], () => process.send("listening"));
