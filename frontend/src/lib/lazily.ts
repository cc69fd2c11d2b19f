/**
 * A value that is made when it is first asked for, or before in an idle moment: the formats of a language take an old
 * phone a tenth of a second.
 */
export function lazily<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined;
  const value = () => (made ??= { value: make() }).value;
  if ("requestIdleCallback" in globalThis) requestIdleCallback(value);
  return value;
}
