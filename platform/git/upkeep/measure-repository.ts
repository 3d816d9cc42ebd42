import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { unlessMissing } from "../objects/missing-file";

const statsAtOnce = 16;

/** The bytes that a repository's objects take. Files that go meanwhile, as they are packed, do not count. */
export async function measureRepository(gitDir: string): Promise<number> {
    const objects = path.join(gitDir, "objects");
    const entries = (await unlessMissing(readdir(objects, { recursive: true, withFileTypes: true }))) ?? [];
    const files = entries.filter((entry) => entry.isFile());
    let bytes = 0;
    const measure = async () => {
        for (let file = files.pop(); file !== undefined; file = files.pop()) {
            const { size = 0 } = (await unlessMissing(stat(path.join(file.parentPath, file.name)))) ?? {};
            bytes += size;
        }
    };
    await Promise.all(Array.from({ length: statsAtOnce }, measure));
    return bytes;
}
