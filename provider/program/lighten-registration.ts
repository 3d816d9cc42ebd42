import { joinDebugMessages } from "./join-debug-messages";
import { lightenPromises } from "./light-promises";
import { shortenTraces } from "./short-traces";

/** Leaves out work of the SDK that nobody asked for. Each constructor of this package calls it before `super(...)`. */
export function lightenRegistration(): void {
    lightenPromises();
    shortenTraces();
    joinDebugMessages();
}
