/**
 * The generated protobuf codec: the messages of event files, as proto/schema declares them, in camel case.
 * `pb.Event.$Properties` and the like are the plain shapes that `encode` takes.
 *
 * @example
 * const graph = pb.GraphDef.encode({ node: [{ name: "x-input", op: "Placeholder" }] }).finish();
 * console.log(pb.GraphDef.decode(graph).node?.[0]?.name); // x-input
 */
export { tensorboard as pb } from "./generated/tensorboard.js";
