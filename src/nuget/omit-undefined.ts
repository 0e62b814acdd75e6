/**
 * Objects without their undefined properties, so that what is absent in a package is absent in models and in JSON.
 */

/** `Value` with the properties that may be undefined made optional instead. */
export type Present<Value> = {
  [Key in keyof Value as undefined extends Value[Key] ? never : Key]: Value[Key];
} & {
  [Key in keyof Value as undefined extends Value[Key] ? Key : never]?: Exclude<Value[Key], undefined>;
};

export function omitUndefined<Value extends object>(value: Value): Present<Value> {
  const present: Record<string, unknown> = {};
  // Not `Object.entries`: this runs for every object of every package.
  for (const name in value) {
    const content = value[name];
    if (content !== undefined) present[name] = content;
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: only undefined properties are missing
  return present as Present<Value>;
}
