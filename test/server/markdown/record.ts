/** Saves what stock TensorBoard makes of the made-up texts; needs a Python with tensorboard. */
import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { oracle } from "../../interop/written.ts";
import { answersFile, savedAnswers, texts } from "./python-answers.ts";

const answers = oracle("rendered.py", [], JSON.stringify(texts(1, 1500)));
writeFileSync(answersFile, gzipSync(answers, { level: 9 }));
console.log(`${savedAnswers().answers.markdown.length} answers of each kind`);
