import { isDatabaseReachable } from "../store/store";
import type { Context } from "./context";

/** True when the platform can answer more than that it lives. */
export async function isReachable({ store }: Context): Promise<boolean> {
    return isDatabaseReachable(store.database);
}
