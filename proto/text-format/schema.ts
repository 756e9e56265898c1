/** Message types as the text format needs them: fields by name and in order of number, read off the descriptor. */
import protobuf from "protobufjs/light.js";
import descriptor from "../generated/descriptor.js";

const SCALARS = [
  ...["double", "float", "bool", "string", "bytes"],
  ...["int32", "uint32", "sint32", "fixed32", "sfixed32"],
  ...["int64", "uint64", "sint64", "fixed64", "sfixed64"],
] as const;

/** Name of a scalar type in .proto files. */
export type Scalar =
  | "double"
  | "float"
  | "bool"
  | "string"
  | "bytes"
  | `${"int" | "uint" | "sint" | "fixed" | "sfixed"}${32 | 64}`;

/** What one value of a field is. */
export type ValueType =
  | { readonly kind: "scalar"; readonly scalar: Scalar }
  | {
      readonly kind: "enum";
      readonly numbers: ReadonlyMap<string, number>;
      readonly names: ReadonlyMap<number, string>;
    }
  | { readonly kind: "message"; readonly message: MessageType };

export interface Field {
  /** As in the .proto file and in the text. */
  readonly name: string;
  /** As in the codec's objects. */
  readonly property: string;
  readonly id: number;
  readonly type: ValueType;
  readonly repeated: boolean;
  /** Type of the keys when the field is a map. */
  readonly mapKey: Scalar | null;
  /** The oneof that it belongs to; an `optional` field is one by itself. Such a field is there even when it is 0. */
  readonly oneof: string | null;
}

export class MessageType {
  readonly name: string;
  readonly #type: protobuf.Type;
  #fields: readonly Field[] | undefined;
  #byName: ReadonlyMap<string, Field> | undefined;

  constructor(type: protobuf.Type) {
    this.#type = type;
    this.name = type.fullName.slice(1);
  }

  /** In order of their numbers. */
  get fields(): readonly Field[] {
    // Made when first asked for: messages contain one another in circles.
    this.#fields ??= this.#type.fieldsArray.map(fieldOf).sort((a, b) => a.id - b.id);
    return this.#fields;
  }

  field(name: string): Field | undefined {
    this.#byName ??= new Map(this.fields.map((field) => [field.name, field]));
    return this.#byName.get(name);
  }
}

/** Made when first asked for: it takes longer than anything else that a program loads here. */
let root: protobuf.Root | undefined;
const messages = new Map<protobuf.Type, MessageType>();

/**
 * A message type by its full name, such as `tensorboard.GraphDef`.
 *
 * @throws Error when there is none of that name
 */
export function messageType(name: string): MessageType {
  root ??= protobuf.Root.fromJSON(descriptor);
  return known(root.lookupType(name));
}

function known(type: protobuf.Type): MessageType {
  let message = messages.get(type);
  if (!message) {
    message = new MessageType(type);
    messages.set(type, message);
  }
  return message;
}

function fieldOf(field: protobuf.Field): Field {
  field.resolve();
  return {
    name: field.protoName,
    property: field.name,
    id: field.id,
    type: typeOf(field),
    repeated: field.repeated,
    mapKey: field instanceof protobuf.MapField ? scalar(field.keyType) : null,
    oneof: field.partOf?.name ?? null,
  };
}

function typeOf({ resolvedType, type }: protobuf.Field): ValueType {
  if (resolvedType instanceof protobuf.Type) return { kind: "message", message: known(resolvedType) };
  if (resolvedType instanceof protobuf.Enum) {
    const numbers = new Map(Object.entries(resolvedType.values).filter(([name]) => !/^-?\d+$/.test(name)));
    return { kind: "enum", numbers, names: new Map([...numbers].map(([name, n]) => [n, name])) };
  }
  return { kind: "scalar", scalar: scalar(type) };
}

function scalar(name: string): Scalar {
  if (!isScalar(name)) throw new TypeError(`no scalar type "${name}"`);
  return name;
}

function isScalar(name: string): name is Scalar {
  return (SCALARS as readonly string[]).includes(name);
}
