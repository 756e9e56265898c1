/** The TensorFlow that is asked, where there is a Python with it. */
import { isInstalled, python } from "../../../bench/tools/servers.ts";

export { oracle } from "../written.ts";

export const hasTensorFlow = python !== null && isInstalled("tensorflow");
export const hasTensorBoard = python !== null && isInstalled("tensorboard");
