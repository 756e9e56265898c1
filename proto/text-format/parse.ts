/**
 * Text as messages: what people write by hand, such as `projector_config.pbtxt`. The result is the message's wire
 * form, for the codec to decode.
 */
import protobuf from "protobufjs/minimal.js";
import { type Field, type MessageType, messageType } from "./schema.ts";
import { describe, Tokens } from "./tokens.ts";
import { readScalar } from "./values.ts";
import { writeValue } from "./wire.ts";

export { TextFormatError } from "./tokens.ts";

export interface ParsedText {
  /** The message on the wire. */
  readonly bytes: Uint8Array;
  /** Fields that the message does not have, and that were skipped: where and which. */
  readonly notes: readonly string[];
}

/** Messages in messages, at most; text that nests deeper is no message that anybody means. */
const MAX_DEPTH = 100;

/**
 * Parses a message.
 *
 * @param typeName full name, such as `tensorboard.projector.ProjectorConfig`
 * @throws TextFormatError naming line and column; a field that is given twice though it holds one value is an error
 */
export function parseText(typeName: string, text: string): ParsedText {
  const parser = new Parser(text);
  const bytes = parser.message(messageType(typeName), null, 0).finish();
  return { bytes, notes: parser.notes };
}

class Parser {
  readonly notes: string[] = [];
  readonly #tokens: Tokens;

  constructor(text: string) {
    this.#tokens = new Tokens(text);
  }

  /** Fields up to the closing bracket, or up to the end of the text where there is none. */
  message(type: MessageType, close: string | null, depth: number): protobuf.Writer {
    if (depth > MAX_DEPTH) throw this.#tokens.error(`messages nested more than ${MAX_DEPTH} deep`);
    const writer = protobuf.Writer.create();
    const given = new Set<string>();
    while (!this.#atEnd(close)) this.#field(type, writer, given, depth);
    return writer;
  }

  #atEnd(close: string | null): boolean {
    if (close !== null) return this.#tokens.accept(close);
    return this.#tokens.next.kind === "end";
  }

  #field(type: MessageType, writer: protobuf.Writer, given: Set<string>, depth: number): void {
    const tokens = this.#tokens;
    const name = tokens.next;
    if (tokens.accept("[")) {
      this.#skipExtension(depth);
    } else if (name.kind === "name") {
      tokens.take();
      const field = type.field(name.text);
      if (field) {
        this.#checkOnce(field, given, name);
        this.#values(field, writer, depth);
      } else {
        this.notes.push(`line ${name.line}, column ${name.column}: ${type.name} has no field "${name.text}"`);
        this.#skipValue(depth);
      }
    } else throw tokens.error(`expected a field's name but found ${describe(name)}`);
    if (!tokens.accept(",")) tokens.accept(";");
  }

  #checkOnce(field: Field, given: Set<string>, at: Tokens["next"]): void {
    if (field.repeated || field.mapKey !== null) return;
    const key = field.oneof ?? field.name;
    if (given.has(key))
      throw this.#tokens.error(
        field.oneof
          ? `"${field.name}" where one of ${key} is given already`
          : `"${field.name}" is given twice`,
        at,
      );
    given.add(key);
  }

  #values(field: Field, writer: protobuf.Writer, depth: number): void {
    const tokens = this.#tokens;
    const colon = tokens.accept(":");
    if (!tokens.accept("[")) this.#value(field, writer, depth, colon);
    else if (!field.repeated && field.mapKey === null)
      throw tokens.error(`"${field.name}" holds one value, not a list`);
    else if (!tokens.accept("]")) {
      do this.#value(field, writer, depth, true);
      while (tokens.accept(","));
      tokens.expect("]");
    }
  }

  #value(field: Field, writer: protobuf.Writer, depth: number, colon: boolean): void {
    const { type } = field;
    if (field.mapKey !== null || type.kind === "message") {
      const close = this.#open();
      const inner =
        field.mapKey !== null
          ? this.#mapEntry(field, field.mapKey, close, depth + 1)
          : type.kind === "message" && this.message(type.message, close, depth + 1);
      if (inner) writer.uint32((field.id << 3) | 2).bytes(inner.finish());
      return;
    }
    if (!colon) throw this.#tokens.error(`expected ":" after "${field.name}"`);
    writeValue(writer, field.id, type, readScalar(this.#tokens, type));
  }

  /** An entry of a map is a message of `key` and `value`. */
  #mapEntry(field: Field, key: NonNullable<Field["mapKey"]>, close: string, depth: number): protobuf.Writer {
    const writer = protobuf.Writer.create();
    const part = { repeated: false, mapKey: null, oneof: null } as const;
    const keyField: Field = {
      ...part,
      name: "key",
      property: "key",
      id: 1,
      type: { kind: "scalar", scalar: key },
    };
    const valueField: Field = { ...part, name: "value", property: "value", id: 2, type: field.type };
    while (!this.#tokens.accept(close)) {
      const name = this.#tokens.take();
      const of = name.text === "key" ? keyField : name.text === "value" ? valueField : null;
      if (!of) throw this.#tokens.error(`expected key or value but found ${describe(name)}`, name);
      this.#value(of, writer, depth, this.#tokens.accept(":"));
      if (!this.#tokens.accept(",")) this.#tokens.accept(";");
    }
    return writer;
  }

  /** Takes the opening bracket of a message and gives the closing one. */
  #open(): string {
    if (this.#tokens.accept("{")) return "}";
    if (this.#tokens.accept("<")) return ">";
    throw this.#tokens.error(`expected "{" but found ${describe(this.#tokens.next)}`);
  }

  /** `[some.extension]` or `[type.googleapis.com/some.Message]`: none is known here. */
  #skipExtension(depth: number): void {
    const tokens = this.#tokens;
    const first = tokens.next;
    let name = "";
    while (!tokens.accept("]")) {
      if (tokens.next.kind === "end") throw tokens.error('expected "]" but found the end');
      name += tokens.take().text;
    }
    this.notes.push(`line ${first.line}, column ${first.column}: no extension "${name}"`);
    this.#skipValue(depth + 1);
  }

  #skipValue(depth: number): void {
    const tokens = this.#tokens;
    const colon = tokens.accept(":");
    if (depth > MAX_DEPTH) throw tokens.error(`messages nested more than ${MAX_DEPTH} deep`);
    if (tokens.accept("[")) {
      if (tokens.accept("]")) return;
      do this.#skipOne(depth, true);
      while (tokens.accept(","));
      tokens.expect("]");
    } else this.#skipOne(depth, colon);
  }

  #skipOne(depth: number, colon: boolean): void {
    const tokens = this.#tokens;
    const { kind, text } = tokens.next;
    if (kind === "symbol" && (text === "{" || text === "<")) {
      const close = this.#open();
      while (!tokens.accept(close)) {
        if (tokens.accept("[")) this.#skipExtension(depth);
        else if (tokens.take().kind !== "name") throw tokens.error("expected a field's name");
        else this.#skipValue(depth + 1);
        if (!tokens.accept(",")) tokens.accept(";");
      }
      return;
    }
    if (!colon) throw tokens.error(`expected ":" or "{" but found ${describe(tokens.next)}`);
    tokens.accept("-");
    const value = tokens.take();
    if (value.kind === "symbol" || value.kind === "end")
      throw tokens.error(`expected a value but found ${describe(value)}`, value);
    if (value.kind === "string") while (tokens.next.kind === "string") tokens.take();
  }
}
