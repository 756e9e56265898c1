/**
 * Protobuf text format, both ways, for every message of `proto/schema`.
 * Grammar: https://protobuf.dev/reference/protobuf/textformat-spec/
 */
export { type ParsedText, parseText, TextFormatError } from "./text-format/parse.ts";
export { printText, type TextDialect } from "./text-format/print.ts";
