/** On a Pod: its share of the requests, against the other endpoints of a Service. */
export const WEIGHT_ANNOTATION = 'portolan.dev/weight';

/** The weight that the annotation says: a whole number from 0 to 1000 without sign or leading zeros; `undefined` for anything else. */
export function parseWeight(text: string): number | undefined {
  return /^(?:0|[1-9]\d{0,2}|1000)$/.test(text) ? Number(text) : undefined;
}
