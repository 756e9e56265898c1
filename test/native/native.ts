/** The native back end, where scripts/native.ts or an install has put it. */
import { pickBackend } from "../../examples/backend.ts";

/** Why there is none; undefined where TensorFlow.js runs on it now. */
export const missing: string | undefined = await pickBackend("node").then(
  () => undefined,
  (reason: unknown) => (reason instanceof Error ? reason.message : String(reason)),
);

/** What the tests are called, so that those that are skipped say why. */
export const title =
  missing === undefined ? "on tfjs-node" : `on tfjs-node (${missing}; \`npm run test:native\` builds it)`;
