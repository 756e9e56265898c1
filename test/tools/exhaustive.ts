import process from "node:process";

/** Whether everything is tested, as `.ci/run` does: also what asks Python again for what is saved, and more rounds. */
export const isExhaustive = process.env.TSBOARD_EXHAUSTIVE === "1";
