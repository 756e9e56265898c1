/**
 * The generated protobuf codec of TensorFlow's and TensorBoard's messages: events and summaries, tensors, graphs, run
 * metadata, checkpoints, and what plugins keep (`pb.hparams`, `pb.projector`). Fields are called as in the `.proto`
 * files, in camel case; those of 64-bit integers hold `WireInt64`.
 *
 * `pb.Event.encode(event).finish()` gives the bytes of a plain object, whose type is `pb.Event.$Properties`; what it
 * leaves out has its default, and half a character (a lone surrogate) in a string becomes U+FFFD. `pb.Event.decode(bytes)` gives the message, without fields that are not known here; it
 * throws RangeError where the bytes are cut off, Error where they are no message otherwise. So it is with every message.
 *
 * @example
 * const bytes = pb.Event.encode({
 *   wallTime: 1_700_000_000,
 *   step: 7,
 *   summary: { value: [{ tag: "loss", simpleValue: 0.5 }] },
 * }).finish();
 * const event = pb.Event.decode(bytes);
 * console.log(event.what, fromWire(event.step)); // summary 7
 * console.log(event.summary?.value?.[0]?.tag); // loss
 *
 * @example
 * const properties: pb.projector.ProjectorConfig.$Properties = { embeddings: [{ tensorName: "words" }] };
 * const config = pb.projector.ProjectorConfig.encode(properties).finish();
 * console.log(pb.projector.ProjectorConfig.decode(config).embeddings[0]?.tensorName); // words
 */
export { tensorboard as pb } from "./generated/tensorboard.js";
