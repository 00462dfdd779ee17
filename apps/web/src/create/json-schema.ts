/** What the page reads of a JSON Schema. Everything may be absent: the schemas come over the wire. */
export interface JsonSchema {
  type?: string;
  description?: string;
  default?: unknown;
  const?: unknown;
  enum?: readonly unknown[];
  anyOf?: readonly JsonSchema[];
  oneOf?: readonly JsonSchema[];
  properties?: Readonly<Record<string, JsonSchema>>;
  required?: readonly string[];
  items?: JsonSchema;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  pattern?: string;
  format?: string;
  $ref?: string;
  $defs?: Readonly<Record<string, JsonSchema>>;
}

/** The schema that a reference within the same document names, or the schema itself. */
export function resolveReference(schema: JsonSchema, root: JsonSchema): JsonSchema {
  const name = schema.$ref?.match(/^#\/\$defs\/(.+)$/)?.[1];
  const found = name === undefined ? undefined : root.$defs?.[name];
  return found === undefined ? schema : { ...found, ...(schema.description && { description: schema.description }) };
}

/** The alternatives of a schema; none where it is a plain one. */
export function alternativesOf({ anyOf, oneOf }: JsonSchema): readonly JsonSchema[] {
  return anyOf ?? oneOf ?? [];
}
