interface Recorded {
    id?: string;
    /** True for a resource of a provider; a component is none. */
    custom?: boolean;
    /** True for one that is looked up only. */
    external?: boolean;
    inputs?: Record<string, unknown> | null;
    outputs?: Record<string, unknown> | null;
}

/** The resource that an event is about, and the operation. */
export interface EventMetadata {
    op: string;
    urn: string;
    type: string;
    old?: Recorded | null;
    new?: Recorded | null;
    diffs?: string[] | null;
    detailedDiff?: Record<string, unknown> | null;
}

/** An event of the engine while it applies: one of these. */
export interface EngineEvent {
    resourcePreEvent?: { metadata: EventMetadata };
    resOutputsEvent?: { metadata: EventMetadata };
    resOpFailedEvent?: { metadata: EventMetadata; status?: number };
    diagnosticEvent?: { urn?: string; severity: string; message: string };
}

/**
 * Reads a line of `pulumi up --json`. Other lines give an empty event: a program's own words, or a half line of an
 * engine that was ended.
 *
 * @example parseEvent('{"diagnosticEvent":{"severity":"error","message":"no"}}').diagnosticEvent?.message === "no"
 */
export function parseEvent(line: string): EngineEvent {
    if (!line.startsWith("{")) return {};
    try {
        return JSON.parse(line) as EngineEvent;
    } catch {
        return {};
    }
}
