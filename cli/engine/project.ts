import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { Problem } from "section-model";
import { runEngine } from "./engine";
import { engineRefusal } from "./engine-refusal";
import { type StackChoice, stackArguments } from "./stack-config";

const projectFiles = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];

/** The Pulumi.yaml of a program: in its folder or above it. */
export async function findProjectFile(folder: string): Promise<string> {
    for (let at = path.resolve(folder); ; at = path.dirname(at)) {
        const name = (await readdir(at)).find((each) => projectFiles.includes(each));
        if (name !== undefined) return path.join(at, name);
        if (at === path.dirname(at)) break;
    }
    throw new Problem("invalid-input", `there is no Pulumi program in ${path.resolve(folder)}`, {
        remedy: "Run this command in the folder of the program",
    });
}

/** The name of a program's project, which claims name. */
export async function readProjectName(folder: string): Promise<string> {
    const file = await findProjectFile(folder);
    const name = /^[ \t{]*"?name"?[ \t]*:[ \t]*["']?([\w.-]+)/m.exec(await readFile(file, "utf8"))?.[1];
    if (name !== undefined) return name;
    throw new Problem("invalid-input", `${file} names no project`, { remedy: "Give it a line such as name: estate" });
}

/** The name of the stack, without the organization and the project that a backend may put before it. */
export async function readStackName(choice: StackChoice): Promise<string> {
    const answer = await runEngine(["stack", "--show-name", ...stackArguments(choice)], { cwd: choice.cwd });
    if (answer.code !== 0) throw engineRefusal("finding the stack failed", answer);
    const name = answer.stdout.trim();
    return name.split("/").pop() ?? name;
}
