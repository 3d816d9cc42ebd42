// Puts the pages of docs/ into the package whose folder this runs in, before `npm pack`: its help texts name them.
import { cpSync, rmSync } from "node:fs";
import path from "node:path";
import { repository } from "./sources.mjs";

const isPage = (file) =>
    !path.basename(file).startsWith(".") && (path.extname(file) === "" || /\.(md|svg)$/.test(file));

rmSync("docs", { recursive: true, force: true });
cpSync(path.join(repository, "docs"), "docs", { recursive: true, filter: isPage });
