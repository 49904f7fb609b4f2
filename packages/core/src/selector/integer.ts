/** A decimal 64-bit integer with an optional sign; undefined for anything else. */
export function parseInteger(text: string | undefined): bigint | undefined {
  const [, sign, digits] = /^([+-]?)0*(\d{1,19})$/.exec(text ?? '') ?? [];
  if (sign === undefined || digits === undefined) return undefined;
  const integer = BigInt(sign + digits);
  return BigInt.asIntN(64, integer) === integer ? integer : undefined;
}
