/** The generated protobuf codec. `pb.Event.$Properties` and the like are the plain shapes that `encode` takes. */
export { tensorboard as pb } from "./generated/tensorboard.js";
