/** The keys of TensorFlow's own collections. */

/**
 * The collections that TensorFlow's own functions fill and read, by the names that they have there.
 *
 * @example
 * v1.getVariable("weights", { shape: [2] });
 * console.log(v1.getCollection(v1.GraphKeys.TRAINABLE_VARIABLES).length); // 1
 */
export const GraphKeys = {
  /** Every variable that is shared and saved: what `getVariable` and `Variable` make. */
  GLOBAL_VARIABLES: "variables",
  /** The older name of GLOBAL_VARIABLES. */
  VARIABLES: "variables",
  /** Variables of this process only. */
  LOCAL_VARIABLES: "local_variables",
  METRIC_VARIABLES: "metric_variables",
  MODEL_VARIABLES: "model_variables",
  /** Variables that optimisers change. */
  TRAINABLE_VARIABLES: "trainable_variables",
  TRAINABLE_RESOURCE_VARIABLES: "trainable_resource_variables",
  /** Summaries that `mergeAll` merges. */
  SUMMARIES: "summaries",
  QUEUE_RUNNERS: "queue_runners",
  TABLE_INITIALIZERS: "table_initializer",
  ASSET_FILEPATHS: "asset_filepaths",
  /** Variables of which moving averages are kept. */
  MOVING_AVERAGE_VARIABLES: "moving_average_variables",
  /** What the regularizers of `getVariable` give. */
  REGULARIZATION_LOSSES: "regularization_losses",
  CONCATENATED_VARIABLES: "concatenated_variables",
  SAVERS: "savers",
  WEIGHTS: "weights",
  BIASES: "biases",
  ACTIVATIONS: "activations",
  /** Operations to run beside the training step. */
  UPDATE_OPS: "update_ops",
  LOSSES: "losses",
  SAVEABLE_OBJECTS: "saveable_objects",
  RESOURCES: "resources",
  LOCAL_RESOURCES: "local_resources",
  INIT_OP: "init_op",
  LOCAL_INIT_OP: "local_init_op",
  READY_OP: "ready_op",
  READY_FOR_LOCAL_INIT_OP: "ready_for_local_init_op",
  SUMMARY_OP: "summary_op",
  GLOBAL_STEP: "global_step",
  EVAL_STEP: "eval_step",
  TRAIN_OP: "train_op",
  COND_CONTEXT: "cond_context",
  WHILE_CONTEXT: "while_context",
} as const;
