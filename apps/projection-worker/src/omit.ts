/** The object without some of its fields. */
export function omit<From extends object, Field extends keyof From>(
  from: From,
  ...fields: readonly Field[]
): Omit<From, Field> {
  const rest = { ...from };
  for (const field of fields) Reflect.deleteProperty(rest, field);
  return rest;
}
