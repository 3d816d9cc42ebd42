import type { ClientListFile } from "./client-list-file";

export type { ClientListFile } from "./client-list-file";
export type { ListChange } from "./list-change";

/**
 * Opens a list of clients, to say where its values stand and to change them. Loads the parsers with the first list.
 *
 * @throws Problem `invalid-input` where the file is no valid list
 */
export function openClientList(file: string): ClientListFile {
    const { ClientListFile: List }: typeof import("./client-list-file") = require("./client-list-file");
    return List.read(file);
}
