import { type FileHandle, open } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { isOfEngine, nameOfUrn } from "pulumi-section/internal";
import { type EngineEvent, type EventMetadata, parseEvent } from "./engine-event";
import { changesSomething } from "./operation";
import { kindOfRecorded } from "./recorded-kind";

/** A change of another provider's resource. */
export interface ForeignChange {
    type: string;
    name: string;
}

const oftenMs = 100;
const chunkBytes = 4 * 1024 * 1024;
const lineEnd = 10;
/** Operation, URN and type stand at the beginning of a line, which may be megabytes long. */
const headBytes = 4 * 1024;
const tailBytes = 64;
const headOf =
    /^\{"sequence":\d+,"timestamp":\d+,"(resourcePreEvent|resOpFailedEvent)":\{"metadata":\{"op":"([\w-]+)","urn":"(?:[^"\\]|\\.)*","type":("(?:[^"\\]|\\.)*")/;

/** Known by its type alone: what stands behind it in the line may be long. */
const isOurs = (type: string) => kindOfRecorded({ type, custom: true }) !== undefined;

function isForeign({ type, new: now, old }: EventMetadata): boolean {
    const { custom = false, external = false } = now ?? old ?? {};
    return custom && !external && !isOfEngine(type);
}

/** Follows the log of events that an engine writes while it runs. */
export class EventLog {
    /** True once the run applies; a preview in the same run is over then. */
    isApplying = false;
    /** Changes that the provider did not answer: nobody knows whether they were carried out. */
    unanswered = 0;
    /** Set when the run changes a resource of another provider. */
    foreign?: ForeignChange;
    #rest: Buffer = Buffer.alloc(0);
    #read = 0;

    /**
     * @param file the engine makes it anew for a preview and for what follows
     * @param tell called once, when the run changes a resource of another provider
     */
    constructor(
        private readonly file: string,
        private readonly tell: () => void,
    ) {}

    /** Reads on until the run has ended, and then the rest. */
    async follow(ended: Promise<unknown>): Promise<void> {
        let isRunning = true;
        const end = () => {
            isRunning = false;
        };
        void ended.then(end, end);
        while (isRunning) {
            await this.#readOn();
            await Promise.race([pause(oftenMs), ended.catch(() => {})]);
        }
        await this.#readOn();
    }

    async #readOn(): Promise<void> {
        const handle = await open(this.file).catch(() => undefined);
        if (handle === undefined) return;
        try {
            const { size } = await handle.stat();
            if (size < this.#read) {
                this.#read = 0;
                this.#rest = Buffer.alloc(0);
            }
            while (this.#read < size && (await this.#readChunk(handle, Math.min(chunkBytes, size - this.#read))));
        } finally {
            await handle.close();
        }
    }

    async #readChunk(handle: FileHandle, length: number): Promise<boolean> {
        const { bytesRead, buffer } = await handle.read(Buffer.alloc(length), 0, length, this.#read);
        this.#read += bytesRead;
        let text = Buffer.concat([this.#rest, buffer.subarray(0, bytesRead)]);
        for (let end = text.indexOf(lineEnd); end >= 0; end = text.indexOf(lineEnd)) {
            this.#hear(text.subarray(0, end));
            text = text.subarray(end + 1);
        }
        this.#rest = text;
        return bytesRead > 0;
    }

    #hear(line: Buffer): void {
        const head = headOf.exec(line.toString("utf8", 0, headBytes));
        if (head === null) return;
        const [, event, op = "", type = ""] = head;
        const isPreview = line.toString("utf8", Math.max(0, line.length - tailBytes)).endsWith('"planning":true}}');
        if (!isPreview && !isOfEngine(JSON.parse(type))) this.isApplying = true;
        if (!changesSomething(op)) return;
        if (event === "resOpFailedEvent") this.#hearFailure(line);
        else if (this.foreign === undefined && !isOurs(JSON.parse(type))) this.#hearOther(line);
    }

    #hearOther(line: Buffer): void {
        const { resourcePreEvent }: EngineEvent = parseEvent(line.toString("utf8"));
        if (resourcePreEvent === undefined || !isForeign(resourcePreEvent.metadata)) return;
        const { type, urn } = resourcePreEvent.metadata;
        this.foreign = { type, name: nameOfUrn(urn) };
        this.tell();
    }

    #hearFailure(line: Buffer): void {
        const { resOpFailedEvent } = parseEvent(line.toString("utf8"));
        // every answer of our providers that is an error has another status: this one is of the connection
        if (resOpFailedEvent?.status === 0) this.unanswered += 1;
    }
}
