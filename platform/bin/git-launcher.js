// Starts git for the platform. A process of its own, because it is small: forking one that holds a database takes
// twenty milliseconds, during which it can do nothing else. One connection is one call: a line of JSON and git's input,
// in; frames of git's output, then its exit code, out.
const { spawn } = require("node:child_process");
const { rmSync } = require("node:fs");
const net = require("node:net");
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

function start(socket, { args, cwd, env, timeoutMs }, first) {
    const child = spawn("git", args, { cwd, env, stdio: ["pipe", "pipe", "pipe"] });
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
    if (!child.stdin) return; // no file is left for it: "error" follows
    children.add(child);
    timer = setTimeout(() => child.kill("SIGKILL"), timeoutMs);
    child.stdin.on("error", () => {}); // git may have heard enough before everything is said
    child.once("close", (code) => children.has(child) && finish(code ?? 128));
    relay(child.stdout, stdoutFrame, socket);
    relay(child.stderr, stderrFrame, socket);
    if (first.length > 0) child.stdin.write(first);
    socket.pipe(child.stdin);
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
        start(socket, JSON.parse(head.toString("utf8", 0, line)), head.subarray(line + 1));
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
